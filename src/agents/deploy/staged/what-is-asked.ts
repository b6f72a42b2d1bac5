import {type Act, mayBeEnded, type Script} from './act.ts';
import type {RequestVerb} from './record/record.ts';

const mayEnd = ({wait}: Act) => mayBeEnded(wait);

/** The act that a request is about, and in words what comes after it. */
export type Subject = {readonly position: number; readonly title: string; readonly after: string};

const small = (title: string) => title.charAt(0).toLowerCase() + title.slice(1);

/**
 * Whoever promotes lets the act through that is waited at, or the next one that is waited at; any other request is about the act under way.
 * @param position of the act under way, from 0
 */
export function whatIsAsked({acts}: Script, position: number, verb: RequestVerb): Subject {
	const waited = acts.findIndex((act, index) => index >= position && mayEnd(act));
	const at = verb === 'promote' && waited !== -1 ? waited : position;
	const rest = acts.slice(at + 1);
	const [next] = rest;
	const stop = verb === 'promote-full' ? undefined : rest.find(mayEnd);
	const stops = stop === undefined || stop === next ? '' : `; later: ${small(stop.title)}`;
	return {
		position: at,
		title: acts[at]?.title ?? '',
		after: next === undefined ? 'nothing, it is the last step' : `${small(next.title)}${stops}`,
	};
}
