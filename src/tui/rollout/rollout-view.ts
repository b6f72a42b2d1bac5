import type {RolloutPicture, RolloutState} from '../../core/rollout-picture.ts';
import {actionOf, type KeyTable, keyHelp, keyLine} from '../key-table.ts';
import {rule} from '../rule.ts';
import {type Leave, leave, type Seen, type View} from '../view/view.ts';
import {rolloutLines, stateWords} from './rollout-lines.ts';

type Place = {readonly scroll: number; readonly isHelp: boolean};

/** Each is a command whose plan a person reviews. */
export type RolloutAct = {readonly kind: 'promote' | 'pause' | 'resume' | 'abort'};

type Situation = {readonly state: RolloutState; readonly isAway: boolean; readonly scrollMax: number};

const notIn =
	(...wanted: readonly RolloutState[]) =>
	({state, isAway}: Situation) =>
		isAway ? 'the cluster does not answer' : wanted.includes(state) ? undefined : `the rollout is ${stateWords[state]}`;
const nothingMore = ({scrollMax}: Situation) => (scrollMax === 0 ? 'everything is on the screen' : undefined);

const rolloutKeys: KeyTable<RolloutAct['kind'] | 'leave' | 'help' | 'down' | 'up', Situation> = [
	{
		action: 'promote',
		keys: ['p'],
		label: 'p',
		short: 'promote',
		does: 'Plans to give the new version all traffic now',
		disabled: notIn('running', 'paused'),
	},
	{
		action: 'abort',
		keys: ['a'],
		label: 'a',
		short: 'abort',
		does: 'Plans to give the stable version all traffic back',
		disabled: notIn('running', 'paused', 'promoting', 'stopped'),
	},
	{action: 'help', keys: ['?'], label: '?', short: 'keys', does: 'Shows and hides this list'},
	{action: 'pause', keys: [' '], label: 'space', short: 'pause', does: 'Keeps the traffic as it is', disabled: notIn('running')},
	{
		action: 'resume',
		keys: [' '],
		label: 'space',
		short: 'go on',
		does: 'Goes on where it was paused, or was left',
		disabled: notIn('paused', 'stopped'),
	},
	{action: 'leave', keys: ['q', 'escape', 'ctrl+c', 'ctrl+d'], label: 'q', short: 'back', does: 'Goes back; the rollout goes on'},
	{action: 'down', keys: ['down', 'j', 'pagedown'], label: '↓', short: 'more', does: 'Shows the next lines', disabled: nothingMore},
	{action: 'up', keys: ['up', 'k', 'pageup'], label: '↑', short: 'up', does: 'Shows the lines before', disabled: nothingMore},
];

function about({scroll}: Place, {data, size, now}: Seen<RolloutPicture>) {
	const width = Math.max(20, size.columns);
	const room = Math.max(6, size.rows - 1) - 3;
	const all = rolloutLines(data, width, now);
	const scrollMax = Math.max(0, all.length - room);
	return {all, width, room, start: Math.min(scroll, scrollMax), situation: {state: data.state, isAway: data.away !== undefined, scrollMax}};
}

/** A rollout while it goes on: traffic, pods, both versions with the verdict, and the keys that steer it. */
export const rolloutView: View<RolloutPicture, Place, RolloutAct | Leave> = {
	first: {scroll: 0, isHelp: false},
	press(place, {name}, seen) {
		if (place.isHelp) return {place: {...place, isHelp: false}};
		const {situation, room} = about(place, seen);
		const action = actionOf(rolloutKeys, name, situation);
		const step = name.startsWith('page') ? room : 1;
		switch (action) {
			case undefined:
				return {place};
			case 'leave':
				return {place, act: leave};
			case 'help':
				return {place: {...place, isHelp: true}};
			case 'down':
				return {place: {...place, scroll: Math.min(situation.scrollMax, place.scroll + step)}};
			case 'up':
				return {place: {...place, scroll: Math.max(0, Math.min(place.scroll, situation.scrollMax) - step)}};
			default:
				return {place, act: {kind: action}};
		}
	},
	lines(place, seen) {
		const {all, width, room, start, situation} = about(place, seen);
		const below = [rule(width), keyLine(rolloutKeys, situation, width)];
		if (place.isHelp) return [rule(width, 'Keys'), ...keyHelp(rolloutKeys, situation, width).slice(0, room), ...below];
		const rest = all.length - start - room;
		return [rule(width, 'Rollout', rest > 0 ? `${rest} more below` : ''), ...all.slice(start, start + room), ...below];
	},
};
