import {aboutLines, bodyLines, freshness, troubleLines} from '../../core/dashboard/dashboard-lines.ts';
import type {DashboardPicture} from '../../core/dashboard/dashboard-picture.ts';
import {emptyLine, type Line, span} from '../../core/text/styled.ts';
import {actionOf, type KeyTable, keyHelp, keyLine} from '../key-table.ts';
import {rule} from '../rule.ts';
import {type Leave, leave, type Seen, type View} from '../view/view.ts';

type Place = {readonly scroll: number; readonly isHelp: boolean};

type Situation = {readonly scrollMax: number};

const nothingMore = ({scrollMax}: Situation) => (scrollMax === 0 ? 'everything is on the screen' : undefined);

const dashboardKeys: KeyTable<'leave' | 'help' | 'down' | 'up' | 'page-down' | 'page-up', Situation> = [
	{action: 'leave', keys: ['q', 'escape', 'ctrl+c', 'ctrl+d'], label: 'q', short: 'end', does: 'Ends it; so does Ctrl-C'},
	{action: 'help', keys: ['?'], label: '?', short: 'keys', does: 'Shows and hides this list'},
	{action: 'down', keys: ['down', 'j'], label: '↓', short: 'more', does: 'Shows the next lines', disabled: nothingMore},
	{action: 'up', keys: ['up', 'k'], label: '↑', short: 'up', does: 'Shows the lines before', disabled: nothingMore},
	{action: 'page-down', keys: ['pagedown', ' '], label: 'space', short: 'page', does: 'Moves a page down', disabled: nothingMore},
	{action: 'page-up', keys: ['pageup', 'b'], label: 'b', short: 'back', does: 'Moves a page up', disabled: nothingMore},
];

/** Narrower than that, a title leaves no room for the age of what is shown: it has a line of its own. */
const remarkWidth = 60;

function about({scroll}: Place, {data, size, now}: Seen<DashboardPicture>) {
	const width = Math.max(20, size.columns);
	const age: readonly Line[] = width < remarkWidth ? [[span(freshness(data, now), 'dim')]] : [];
	const pinned = [...age, ...troubleLines(data, width)];
	const room = Math.max(6, size.rows - 1) - 3 - pinned.length;
	const all = [...bodyLines(data, width), emptyLine, ...aboutLines(data, width, now)];
	const scrollMax = Math.max(0, all.length - room);
	return {all, pinned, width, room, start: Math.min(scroll, scrollMax), situation: {scrollMax}};
}

/** A dashboard that is drawn again as samples come, with the age of what it shows. */
export const dashboardView: View<DashboardPicture, Place, Leave> = {
	first: {scroll: 0, isHelp: false},
	press(place, {name}, seen) {
		if (place.isHelp) return {place: {...place, isHelp: false}};
		const {situation, room, start} = about(place, seen);
		const to = (line: number) => ({place: {...place, scroll: Math.max(0, Math.min(situation.scrollMax, line))}});
		switch (actionOf(dashboardKeys, name, situation)) {
			case undefined:
				return {place};
			case 'leave':
				return {place, act: leave};
			case 'help':
				return {place: {...place, isHelp: true}};
			case 'down':
				return to(start + 1);
			case 'up':
				return to(start - 1);
			case 'page-down':
				return to(start + room);
			case 'page-up':
				return to(start - room);
		}
	},
	lines(place, seen) {
		const {all, pinned, width, room, start, situation} = about(place, seen);
		const below = [rule(width), keyLine(dashboardKeys, situation, width)];
		if (place.isHelp) return [rule(width, 'Keys'), ...keyHelp(dashboardKeys, situation, width).slice(0, room), ...below];
		const rest = all.length - start - room;
		const more = rest > 0 ? `, ${rest} more below` : '';
		return [
			rule(width, seen.data.title, `${freshness(seen.data, seen.now)}${more}`),
			...pinned,
			...all.slice(start, start + room),
			...below,
		];
	},
};
