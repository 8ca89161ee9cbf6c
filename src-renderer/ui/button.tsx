import type { ButtonHTMLAttributes, ReactElement } from 'react';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger' | 'icon';
}

const CLASS = { plain: '', primary: ' primary', quiet: ' quiet', danger: ' danger', icon: ' quiet icon' };

/** A button. It submits nothing unless its type says so. */
export const Button = ({ look = 'plain', className = '', ...rest }: ButtonProps): ReactElement => (
  <button type="button" className={`button${CLASS[look]} ${className}`} {...rest} />
);
