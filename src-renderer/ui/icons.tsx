import type { ReactElement } from 'react';

/** 16-pixel line icons in the current colour. They stand beside a word, so that they are hidden from readers. */
const icon = (name: string, shape: ReactElement) => {
  const Icon = ({ size = 14 }: { readonly size?: number }): ReactElement => (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {shape}
    </svg>
  );
  Icon.displayName = name;
  return Icon;
};

export const LockIcon = icon('LockIcon', <path d="M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5" />);
export const FunnelIcon = icon('FunnelIcon', <path d="M2.5 3h11L9.5 8v4.5l-3 1V8z" />);
export const GlobeIcon = icon('GlobeIcon', <path d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM2 8h12M8 2c4 4 4 8 0 12M8 2C4 6 4 10 8 14" />);
export const PlusIcon = icon('PlusIcon', <path d="M8 3v10M3 8h10" />);
export const CloseIcon = icon('CloseIcon', <path d="m4 4 8 8M12 4l-8 8" />);
export const CheckIcon = icon('CheckIcon', <path d="m3 8.5 3.2 3.2L13 4.8" />);
export const CrossIcon = icon('CrossIcon', <path d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM6 6l4 4M10 6l-4 4" />);
export const CircleIcon = icon('CircleIcon', <circle cx="8" cy="8" r="5.5" strokeDasharray="2 2.3" />);
export const ClockIcon = icon('ClockIcon', <path d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 5v3.2l2 1.3" />);
export const PlayIcon = icon('PlayIcon', <path d="M5 3.5v9l7-4.5z" />);
export const StopIcon = icon('StopIcon', <path d="M4.5 4.5h7v7h-7z" />);
export const EyeIcon = icon('EyeIcon', <path d="M1.5 8s2.4-4.2 6.5-4.2S14.5 8 14.5 8 12.1 12.2 8 12.2 1.5 8 1.5 8zM8 9.800a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.600z" />);
export const WarningIcon = icon('WarningIcon', <path d="M8 2.5 14 13H2zM8 6.500v3M8 11.200v.1" />);
export const PauseIcon = icon('PauseIcon', <path d="M5.5 3.500v9M10.5 3.500v9" />);
export const FolderIcon = icon('FolderIcon', <path d="M2 4h4l1.5 1.500H14V12.500H2z" />);
export const BranchIcon = icon('BranchIcon', <path d="M5 5.500v5M5 5.500a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM5 13.500a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM11.5 6.500a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3zM11.5 6.500c0 2.5-4 2-6.5 4" />);
export const BackIcon = icon('BackIcon', <path d="M9.5 3.5 5 8l4.5 4.5" />);
export const DownIcon = icon('DownIcon', <path d="M8 2.500v8M4.5 7.5 8 11l3.5-3.500M3 13.500h10" />);
export const EngineIcon = icon('EngineIcon', <path d="M2.5 9h11l-1.5 4h-8zM4.5 9V6h3v3M8.5 9V6h3v3M8.5 6V3.500h-2V6" />);
export const TrashIcon = icon('TrashIcon', <path d="M3 4.500h10M6 4.500V3h4v1.500M4.5 4.500l.5 9h6l.5-9" />);
