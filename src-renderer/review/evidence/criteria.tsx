import type { ReactElement } from 'react';
import type { Run } from '../../../src-main/contract/run.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { setCriterionMet } from '../run-commands.ts';

/** What only a person can judge, ticked by one. */
export const Criteria = ({ run }: { readonly run: Run }): ReactElement => (
  <ul className="review-criteria">
    {run.order.text.criteria.map((criterion, at) => (
      <li key={at}>
        <label>
          <input type="checkbox" checked={run.criteriaMet.includes(at)} onChange={(event) => void setCriterionMet(run, at, event.target.checked)} />
          <span>{visibleText(criterion)}</span>
        </label>
      </li>
    ))}
  </ul>
);
