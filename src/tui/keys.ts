import type {KeyTable} from './key-table.ts';

/** What the keys of the review depend on. */
export type Situation = {
	/** Resources in the list; 0 where the terminal is too small to show one. */
	readonly listed: number;
	/** Lines that can still be scrolled through, from the first. */
	readonly scrollMax: number;
	/** Lines that one page moves. */
	readonly page: number;
	/** What must be typed to approve a plan that cannot be undone. */
	readonly nameToType?: string | undefined;
	/** What stands behind the screen besides the answer. */
	readonly offers?: Offers | undefined;
};

/** What can be done with a plan before it is answered, where the screen was opened. */
export type Offers = {readonly rehearse: boolean; readonly edit: boolean};

export type Action = 'approve' | 'refuse' | 'words' | 'up' | 'down' | 'page-down' | 'page-up' | 'help' | 'rehearse' | 'edit';

const nothingToScroll = ({scrollMax}: Situation) => (scrollMax === 0 ? 'everything is on the screen' : undefined);

const nothingToMove = (situation: Situation) => (situation.listed > 1 ? undefined : nothingToScroll(situation));

export const reviewKeys: KeyTable<Action, Situation> = [
	{action: 'approve', keys: ['y'], label: 'y', short: 'apply', does: 'Applies the plan; what cannot be undone wants a name typed'},
	{
		action: 'refuse',
		keys: ['n', 'q', 'escape', 'enter', 'ctrl+c', 'ctrl+d'],
		label: 'n',
		short: 'no',
		does: 'Changes nothing; so do Enter, Escape and Ctrl-C',
	},
	{action: 'help', keys: ['?'], label: '?', short: 'keys', does: 'Shows and hides this list'},
	{action: 'page-down', keys: [' ', 'pagedown'], label: 'space', short: 'more', does: 'Shows the next lines', disabled: nothingToScroll},
	{
		action: 'down',
		keys: ['down', 'j'],
		label: '↓',
		short: 'next',
		does: 'Shows the next resource, or the next line',
		disabled: nothingToMove,
	},
	{action: 'up', keys: ['up', 'k'], label: '↑', short: 'back', does: 'Shows the resource or line before', disabled: nothingToMove},
	{action: 'words', keys: ['r'], label: 'r', short: 'say why not', does: 'Changes nothing and tells why, in your words'},
	{
		action: 'rehearse',
		keys: ['t'],
		label: 't',
		short: 'rehearse',
		does: 'In a conversation: tries the plan on a copy of the namespace first',
		disabled: ({offers}) => (offers?.rehearse === true ? undefined : 'this plan cannot be rehearsed here'),
	},
	{
		action: 'edit',
		keys: ['e'],
		label: 'e',
		short: 'edit',
		does: 'In a conversation: changes nothing and edits the inputs for another plan',
		disabled: ({offers}) => (offers?.edit === true ? undefined : 'the inputs cannot be edited here'),
	},
	{action: 'page-up', keys: ['b', 'pageup'], label: 'b', short: 'up', does: 'Shows the lines before', disabled: nothingToScroll},
];
