import { dialog } from 'electron';
import type { Fault } from '../contract/fault.ts';

/** Says once why there is no service and what to do next. True: the person wants it tried again; false: quit. */
export async function askAboutStop(why: Fault): Promise<boolean> {
  const answer = await dialog.showMessageBox({
    type: 'error',
    title: 'Drydock',
    message: why.message,
    detail: why.next,
    buttons: ['Try again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return answer.response === 0;
}
