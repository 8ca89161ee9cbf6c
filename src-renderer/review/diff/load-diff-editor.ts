/** The editor is most of the window's code and comes when it is needed, or when it will be needed soon and nothing else is to be done. */
export const loadDiffEditor = () => import('./diff-editor.tsx');
