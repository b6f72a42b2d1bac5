import {oneLine} from '../../core/text/one-line.ts';
import type {KeyPress} from '../key-press.ts';
import {actionOf, type KeyTable} from '../key-table.ts';

/** Where a person is in a list. */
export type ListPlace = {
	readonly mode: 'list' | 'filter' | 'open' | 'help';
	/** Index among the rows that are shown. */
	readonly selected: number;
	/** Which row that was at the last key; it stays selected wherever it moves. */
	readonly key?: string | undefined;
	/** First line of what is open. */
	readonly scroll: number;
	readonly filter: string;
	/** Index of the order that the rows are in. */
	readonly sort: number;
};

export const firstPlace: ListPlace = {mode: 'list', selected: 0, scroll: 0, filter: '', sort: 0};

/** What the keys of a list depend on. */
export type ListSituation = {
	readonly rows: number;
	readonly sorts: number;
	/** Rows that one page moves. */
	readonly page: number;
	/** Lines that can still be scrolled through in what is open. */
	readonly scrollMax: number;
	readonly mode: ListPlace['mode'];
};

export type ListAction = 'leave' | 'help' | 'down' | 'up' | 'page-down' | 'page-up' | 'open' | 'filter' | 'sort';

const noRows = ({rows}: ListSituation) => (rows === 0 ? 'nothing is listed' : undefined);
const notOpen = ({mode}: ListSituation) => (mode === 'open' ? 'one row is open' : undefined);

/** Keys that every list has. */
export const listKeys: KeyTable<ListAction, ListSituation> = [
	{action: 'help', keys: ['?'], label: '?', short: 'keys', does: 'Shows and hides this list'},
	{action: 'open', keys: ['enter', 'right'], label: 'Enter', short: 'open', does: 'Opens the row', disabled: noRows},
	{action: 'leave', keys: ['escape', 'q', 'left', 'ctrl+c', 'ctrl+d'], label: 'q', short: 'back', does: 'Goes back; so does Escape'},
	{action: 'down', keys: ['down', 'j'], label: '↓', short: 'next', does: 'Moves to the next row or line', disabled: noRows},
	{action: 'up', keys: ['up', 'k'], label: '↑', short: 'before', does: 'Moves to the row or line before', disabled: noRows},
	{
		action: 'filter',
		keys: ['/'],
		label: '/',
		short: 'filter',
		does: 'Shows only rows that hold the words typed; none shows all',
		disabled: notOpen,
	},
	{
		action: 'sort',
		keys: ['s'],
		label: 's',
		short: 'sort',
		does: 'Sorts by the next column',
		disabled: situation => (situation.sorts < 2 ? 'there is one order' : notOpen(situation)),
	},
	{action: 'page-down', keys: ['pagedown', ' '], label: 'space', short: 'more', does: 'Moves a page down', disabled: noRows},
	{action: 'page-up', keys: ['pageup', 'b'], label: 'b', short: 'up', does: 'Moves a page up', disabled: noRows},
];

const between = (value: number, last: number) => Math.max(0, Math.min(value, last));

function moved(place: ListPlace, by: number, {rows, scrollMax}: ListSituation): ListPlace {
	if (place.mode === 'open') return {...place, scroll: between(place.scroll + by, scrollMax)};
	return {...place, selected: between(place.selected + by, rows - 1)};
}

/** Letters of the filter. Enter keeps it, Escape takes it away. */
function filtered(place: ListPlace, {name, text}: KeyPress): ListPlace {
	if (name === 'enter') return {...place, mode: 'list'};
	if (name === 'escape' || name === 'ctrl+c') return {...place, mode: 'list', filter: ''};
	const filter = name === 'backspace' ? [...place.filter].slice(0, -1).join('') : name === 'ctrl+u' ? '' : place.filter + oneLine(text);
	return {...place, filter, selected: 0};
}

/** The place after a key of every list; `leave` where the person goes back from the list itself. Undefined for a key that no list has. */
export function reduceList(place: ListPlace, press: KeyPress, situation: ListSituation): ListPlace | 'leave' | undefined {
	if (place.mode === 'filter') return filtered(place, press);
	if (place.mode === 'help') return {...place, mode: 'list'};
	const action = actionOf(listKeys, press.name, situation);
	switch (action) {
		case undefined:
			return undefined;
		case 'leave':
			if (place.mode === 'open') return {...place, mode: 'list', scroll: 0};
			return press.name === 'escape' && place.filter !== '' ? {...place, filter: '', selected: 0} : 'leave';
		case 'help':
			return {...place, mode: 'help'};
		case 'open':
			return {...place, mode: 'open', scroll: 0};
		case 'filter':
			return {...place, mode: 'filter'};
		case 'sort':
			return {...place, sort: (place.sort + 1) % situation.sorts, selected: 0};
		case 'down':
			return moved(place, 1, situation);
		case 'up':
			return moved(place, -1, situation);
		case 'page-down':
			return moved(place, situation.page, situation);
		case 'page-up':
			return moved(place, -situation.page, situation);
	}
}
