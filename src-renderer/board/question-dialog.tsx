import type { ReactElement } from 'react';
import { count } from '../ui/format.ts';
import { Confirm } from '../ui/confirm.tsx';
import { useOpen } from './open.ts';

/** Asks before the work of runs, or briefs, would be lost. */
export const QuestionDialog = (): ReactElement | null => {
  const question = useOpen((state) => state.question);
  const [first] = question?.briefs ?? [];
  if (!question || !first) return null;
  const several = question.briefs.length > 1;
  const close = (): void => useOpen.setState({ question: null });
  if (question.what === 'remove') {
    return (
      <Confirm title={several ? `Delete ${count(question.briefs.length, 'brief')}?` : `Delete #${first.number}?`} action={several ? `Delete ${question.briefs.length}` : 'Delete'} onClose={close} onConfirm={question.yes}>
        {several ? 'They go off the board with their texts.' : 'It goes off the board with its text.'} The runs stay in the history.
      </Confirm>
    );
  }
  return (
    <Confirm title={several ? `Cancel ${count(question.briefs.length, 'run')}?` : `Cancel #${first.number}?`} action={several ? `Cancel ${question.briefs.length} runs` : 'Cancel the run'} onClose={close} onConfirm={question.yes}>
      {several ? 'The runs stop, and what they have changed so far is lost. The briefs and the logs stay.' : 'The run stops, and what it has changed so far is lost. The brief and the log stay.'}
    </Confirm>
  );
};
