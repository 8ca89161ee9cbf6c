interface PlaceKeys {
  readonly place: string;
  /** The key as an action names it, and what it does. */
  readonly keys: readonly (readonly [keys: string, title: string])[];
}

/**
 * Every key, also of the places that are not open: an action is known only while its place is. A test holds this list
 * against the actions in the sources, so that neither has a key that the other lacks.
 */
export const KEY_LIST: readonly PlaceKeys[] = [
  {
    place: 'Everywhere',
    keys: [
      ['mod+k', 'Open the command palette'],
      ['?', 'Show the keys'],
      ['b', 'Write a new brief'],
      ['/', 'Search what is shown'],
      ['mod+z', 'Undo, as the newest message offers'],
      ['.', 'Next of the first steps'],
    ],
  },
  {
    place: 'Go to',
    keys: [
      ['g b', 'Board'],
      ['g r', 'Review queue'],
      ['g f', 'Fleet'],
      ['g h', 'History'],
      ['g s', 'Settings'],
      ['g e', 'Environment of the project'],
      ['u', 'Go back, from a page that has a way back'],
    ],
  },
  {
    place: 'Board',
    keys: [
      ['n', 'Add a brief to the backlog'],
      ['q', 'Launch'],
      ['w', 'Put into the backlog'],
      ['c', 'Close the brief'],
      ['t', 'Move to the top of the queue'],
      ['e', 'Edit the brief'],
      ['o', 'Open its review, activity or brief'],
      ['a', 'Labels'],
      ['Delete', 'Delete the brief'],
      ['m', 'Actions of the card'],
      ['p', 'More actions of the project'],
      ['x', 'Select the card'],
      ['Escape', 'Clear the selection'],
      ['-', 'Collapse the column'],
      ['+', 'Expand every column'],
      ['z', 'Undo'],
    ],
  },
  {
    place: 'Network',
    keys: [['a', 'Allow what is ticked, and run again']],
  },
  {
    place: 'Environment',
    keys: [
      ['mod+Enter', 'Try the environment'],
      ['mod+s', 'Save the environment'],
    ],
  },
  {
    place: 'Brief',
    keys: [
      ['mod+Enter', 'Launch the brief'],
      ['mod+s', 'Save to the backlog'],
      ['m', 'Markdown or fields'],
    ],
  },
  {
    place: 'Activity',
    keys: [
      ['mod+f', 'Find in the log'],
      ['n', 'Next line found'],
      ['N', 'Line found before'],
      ['e', 'Next error'],
      ['E', 'Error before'],
      ['g g', 'Jump to the start of the log'],
      ['G', 'Jump to the end of the log'],
      ['w', 'Wrap long lines, or not'],
      ['i', 'Show the times, or not'],
      ['t', 'Open a shell in the container'],
      ['s', 'Stop this run'],
      ['R', 'Run again'],
    ],
  },
  {
    place: 'Review queue',
    keys: [
      ['j', 'Next result'],
      ['k', 'Previous result'],
      ['ArrowDown', 'Down'],
      ['ArrowUp', 'Up'],
      ['o', 'Review the result'],
    ],
  },
  {
    place: 'Review',
    keys: [
      ['j', 'Next file'],
      ['k', 'Previous file'],
      ['n', 'Next hunk'],
      ['p', 'Previous hunk'],
      ['ArrowDown', 'Next line'],
      ['ArrowUp', 'Previous line'],
      ['shift+ArrowDown', 'Choose lines downwards'],
      ['shift+ArrowUp', 'Choose lines upwards'],
      ['ArrowLeft', 'The base beside the line'],
      ['ArrowRight', 'The result beside the line'],
      ['c', 'Comment on the line, the lines, the hunk or the file'],
      ['x', 'Exclude or include the hunk'],
      ['X', 'Exclude or include the file'],
      ['v', 'Viewed, go to the next file'],
      ['e', 'Go to the evidence; again: base or result'],
      ['r', 'Run the checks on what is selected'],
      ['a', 'Land the result'],
      ['d', 'Close the brief without landing'],
      ['R', 'Run again'],
      ['B', 'Put the brief into the backlog'],
      ['l', 'Open the log, where there is no result'],
      ['t', 'Try the result in a private clone'],
      ['m', 'More decisions'],
      ['J', 'Next result of the queue'],
      ['K', 'Previous result of the queue'],
      ['s', 'Side by side or inline'],
      ['W', 'Wrap long lines, or not'],
      ['w', 'Show or hide changes of white space'],
      ['[', 'Show or hide the files'],
      [']', 'Show or hide the evidence'],
      ['u', 'Go back'],
    ],
  },
  {
    place: 'Environment',
    keys: [['mod+s', 'Save the environment']],
  },
  {
    place: 'History',
    keys: [
      ['j', 'Next run'],
      ['k', 'Previous run'],
      ['Enter', 'Open the run'],
      ['r', 'Run again'],
    ],
  },
];
