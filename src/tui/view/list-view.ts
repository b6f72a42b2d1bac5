import {count} from '../../core/text/count.ts';
import {hanging, type Line, lineText, lineWidth, span} from '../../core/text/styled.ts';
import {cutText} from '../../core/text/text-width.ts';
import type {KeyPress} from '../key-press.ts';
import {actionOf, type KeyTable, keyHelp, keyLine} from '../key-table.ts';
import {rule} from '../rule.ts';
import {windowed} from '../windowed.ts';
import {firstPlace, type ListPlace, type ListSituation, listKeys, reduceList} from './list-place.ts';
import {type Leave, leave, type Seen, type View} from './view.ts';

/** A list screen as data. `Row` is what one line stands for. */
export type List<Data, Row, Act> = {
	readonly title: (data: Data) => string;
	/** Facts above the list. */
	readonly head?: ((data: Data, width: number, now: number) => readonly Line[]) | undefined;
	/** All rows in the order of the sort with this index. */
	readonly rows: (data: Data, sort: number) => readonly Row[];
	/** Names of the orders, the first one is the one to begin with. */
	readonly sorts: readonly string[];
	/** What stays of a row when the data are read again; without it a place in the list is selected, whoever stands there. */
	readonly key?: ((row: Row) => string) | undefined;
	/** Index of the row to begin with; the first one if left out. */
	readonly start?: ((rows: readonly Row[]) => number) | undefined;
	/** Heading above the first of the rows that share it. */
	readonly section?: ((row: Row) => string) | undefined;
	/** One line of at most `width` columns. */
	readonly line: (row: Row, width: number, now: number) => Line;
	/** All about a row; the filter looks into it. */
	readonly details: (row: Row, width: number, now: number) => readonly Line[];
	/** What is said where no row is shown. */
	readonly empty: (data: Data) => string;
	/** Keys of this list alone, and what they ask for. */
	readonly keys: KeyTable<string, Row | undefined>;
	readonly act: (action: string, row: Row | undefined) => Act | undefined;
	/** What Enter asks for; undefined opens the row's details. */
	readonly open?: ((row: Row) => Act | undefined) | undefined;
};

const narrowest = 20;
/** Wide enough that the filter looks at unbroken words. */
const unbroken = 10_000;
const fewestDetailRows = 6;
/** Room for the key that shows all the others. */
const helpColumns = '   ? keys'.length;

const frame = ({columns, rows}: Seen<unknown>['size']) => ({width: Math.max(narrowest, columns), height: Math.max(6, rows - 1)});

function shownRows<Data, Row, Act>(list: List<Data, Row, Act>, {filter, sort}: ListPlace, {data, now}: Seen<Data>): readonly Row[] {
	const rows = list.rows(data, sort);
	const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return rows;
	const textOf = (row: Row) => [list.line(row, unbroken, now), ...list.details(row, unbroken, now)].map(lineText).join(' ').toLowerCase();
	return rows.filter(row => {
		const text = textOf(row);
		return words.every(word => text.includes(word));
	});
}

/** The place among the rows as they are now. What was open and is gone leaves the list. */
function anchored<Data, Row, Act>({key, start}: List<Data, Row, Act>, place: ListPlace, rows: readonly Row[]): ListPlace {
	if (place === firstPlace && start !== undefined) return {...place, selected: Math.max(0, start(rows))};
	if (key === undefined || place.key === undefined) return place;
	const selected = rows.findIndex(row => key(row) === place.key);
	if (selected !== -1) return {...place, selected};
	return place.mode === 'open' ? {...place, mode: 'list', scroll: 0} : place;
}

/** The place with the row that is selected in it. */
function withKey<Data, Row, Act>(list: List<Data, Row, Act>, place: ListPlace, seen: Seen<Data>): ListPlace {
	if (list.key === undefined) return place;
	const rows = shownRows(list, place, seen);
	const row = rows[Math.min(place.selected, rows.length - 1)];
	return {...place, key: row === undefined ? undefined : list.key(row)};
}

/** Rows with their headings, and where the selected one stands among them. */
function listedLines<Data, Row, Act>(list: List<Data, Row, Act>, rows: readonly Row[], selected: number, width: number, now: number) {
	const lines: Line[] = [];
	let at = 0;
	let above: string | undefined;
	for (const [index, row] of rows.entries()) {
		const section = list.section?.(row);
		if (section !== undefined && section !== above) lines.push([span(cutText(section, width), 'strong')]);
		above = section;
		if (index === selected) at = lines.length;
		lines.push([index === selected ? span('> ', 'accent') : span('  '), ...list.line(row, width - 2, now)]);
	}
	return {lines, at};
}

/** Facts, list and, where there is room, the details of the selected row. */
function body<Data, Row, Act>(
	list: List<Data, Row, Act>,
	place: ListPlace,
	seen: Seen<Data>,
	width: number,
	room: number,
): readonly Line[] {
	const {data, now} = seen;
	const rows = shownRows(list, place, seen);
	const selected = Math.min(place.selected, rows.length - 1);
	const row = rows[selected];
	const head = (list.head?.(data, width, now) ?? []).slice(0, Math.max(0, room - fewestDetailRows));
	const remark = rows.length === 0 ? '' : `${selected + 1} of ${rows.length}`;
	const sort = list.sorts.length > 1 ? `, by ${list.sorts[place.sort]}` : '';
	const top = [rule(width, `${list.title(data)}${sort}`, remark), ...head];
	const left = room - top.length;
	if (row === undefined)
		return [...top, ...hanging([], place.filter === '' ? list.empty(data) : `Nothing holds "${place.filter}"`, {width, tone: 'dim'})].slice(
			0,
			room,
		);
	const listed = listedLines(list, rows, selected, width, now);
	const about = list.details(row, width, now);
	// What Enter leads away from is told here only where nothing of the list is lost for it.
	const wanted =
		list.open === undefined ? Math.min(listed.lines.length, Math.max(fewestDetailRows, Math.ceil(left / 2))) : listed.lines.length;
	const hasDetails = left - wanted > (list.open === undefined ? fewestDetailRows : about.length);
	const shown = windowed(listed.lines, listed.at, hasDetails ? wanted : left);
	return [...top, ...shown, ...(hasDetails ? cutDetails([rule(width), ...about], left - shown.length) : [])];
}

/** As many lines as there is room for; that there are more is told. */
function cutDetails(lines: readonly Line[], room: number): readonly Line[] {
	const rest = lines.length - room + 1;
	return rest < 2 ? lines : [...lines.slice(0, room - 1), [span(`… ${count(rest, 'more line')}: Enter`, 'dim')]];
}

function foot<Data, Row, Act>(
	list: List<Data, Row, Act>,
	place: ListPlace,
	row: Row | undefined,
	situation: ListSituation,
	width: number,
): Line {
	if (place.mode === 'filter') return [span('Filter: ', 'strong'), span(cutText(place.filter, width - 10)), span('█', 'accent')];
	const own = keyLine(list.keys, row, width - helpColumns);
	const gap = own.length === 0 ? [] : [span('   ')];
	return [...own, ...gap, ...keyLine(listKeys, situation, width - lineWidth([...own, ...gap]))];
}

function openBody<Data, Row, Act>(
	list: List<Data, Row, Act>,
	row: Row,
	place: ListPlace,
	{data, now}: Seen<Data>,
	width: number,
	room: number,
) {
	const all = list.details(row, width, now);
	const start = Math.min(place.scroll, Math.max(0, all.length - room + 1));
	const rest = all.length - start - room + 1;
	return [rule(width, list.title(data), rest > 0 ? `${rest} more below` : ''), ...all.slice(start, start + room - 1)];
}

/** Everything that can be known of a place: where it is by now, the selected row, and what the keys can do. */
function about<Data, Row, Act>(list: List<Data, Row, Act>, kept: ListPlace, seen: Seen<Data>) {
	const {width, height} = frame(seen.size);
	const rows = shownRows(list, kept, seen);
	const place = anchored(list, kept, rows);
	const row = rows[Math.min(place.selected, rows.length - 1)];
	const room = height - 2;
	const scrollMax = row === undefined || place.mode !== 'open' ? 0 : Math.max(0, list.details(row, width, seen.now).length - room + 1);
	const situation: ListSituation = {rows: rows.length, sorts: list.sorts.length, page: Math.max(1, room - 2), scrollMax, mode: place.mode};
	return {place, row, situation, width, room};
}

function pressed<Data, Row, Act>(
	list: List<Data, Row, Act>,
	kept: ListPlace,
	press: KeyPress,
	seen: Seen<Data>,
): {readonly place: ListPlace; readonly act?: Act | Leave | undefined} {
	const {place, row, situation} = about(list, kept, seen);
	// What was open is gone: the key was meant for that, and for nothing that took its place.
	if (kept.mode === 'open' && place.mode === 'list') return {place};
	const isReading = place.mode === 'list' || place.mode === 'open';
	const own = isReading ? actionOf(list.keys, press.name, row) : undefined;
	if (own !== undefined) return {place, act: list.act(own, row)};
	const next = reduceList(place, press, situation);
	if (next === 'leave') return {place, act: leave};
	if (next === undefined) return {place};
	const opened = next.mode === 'open' && place.mode === 'list' && row !== undefined ? list.open?.(row) : undefined;
	return opened === undefined ? {place: list.open !== undefined && next.mode === 'open' ? place : next} : {place, act: opened};
}

/** A screen made of a list. */
export const listView = <Data, Row, Act>(list: List<Data, Row, Act>): View<Data, ListPlace, Act | Leave> => ({
	first: firstPlace,
	press(kept, press, seen) {
		const {place, act} = pressed(list, kept, press, seen);
		return {place: withKey(list, place, seen), act};
	},
	lines(kept, seen) {
		const {place, row, situation, width, room} = about(list, kept, seen);
		const below = [rule(width), foot(list, place, row, situation, width)];
		if (place.mode === 'help') {
			const help = [rule(width, 'Keys'), ...keyHelp(list.keys, row, width), ...keyHelp(listKeys, situation, width)];
			return [...help.slice(0, room), ...below];
		}
		const shown =
			place.mode === 'open' && row !== undefined ? openBody(list, row, place, seen, width, room) : body(list, place, seen, width, room);
		return [...shown, ...below];
	},
});
