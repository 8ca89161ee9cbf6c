/** What has a use of its own for Escape, or is typed in while it is open. */
const OWN = 'dialog, [role=dialog], [role=menu], [role=listbox], .xterm, .monaco-editor, .find-widget';
const TEXT = 'textarea, input:not([type=checkbox], [type=radio], [type=range], [type=file])';

/** Escape in a field of a page leaves it, so that single keys are the page's again; what was typed stays. */
export const leaveField = (event: KeyboardEvent): void => {
  const { target } = event;
  if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || !(target instanceof HTMLElement)) return;
  if (!target.matches(TEXT) || target.closest(OWN) !== null) return;
  event.preventDefault();
  target.blur();
};
