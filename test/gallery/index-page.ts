import type { Look } from './looks.ts';
import type { GalleryState } from './state.ts';
import type { Taken } from './take.ts';

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** All pictures on one page, a row for each state. */
export const indexPage = (states: readonly GalleryState[], looks: readonly Look[], taken: readonly Taken[]): string => {
  const picture = (state: GalleryState, look: Look): string => {
    const one = taken.find((each) => each.state === state.name && each.look === look.name);
    return one === undefined ? '<td></td>' : `<td><a href="${one.file}"><img src="${one.file}" alt="${escaped(`${state.title}, ${look.name}`)}" width="360" loading="lazy"></a></td>`;
  };
  const rows = states.map((state) => `<tr><th scope="row">${escaped(state.name)}<br><small>${escaped(state.title)}</small></th>${looks.map((look) => picture(state, look)).join('')}</tr>`);
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Drydock: gallery</title>
<style>body{font:13px system-ui;margin:24px}td,th{padding:8px;vertical-align:top;text-align:left}img{border:1px solid #8888}small{font-weight:400}</style>
<h1>Gallery</h1>
<table><tr><th></th>${looks.map((look) => `<th>${look.name}</th>`).join('')}</tr>
${rows.join('\n')}
</table>
</html>
`;
};
