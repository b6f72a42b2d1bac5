import {at} from '../../servers/questions.ts';
import type {SeenRequest} from '../write-gate.ts';

/** What may be a step, if the server does it: a conflict changes nothing and is tried again. A renewal comes when its time has come, and is none. */
export const isStep = ({isWrite, method, path}: SeenRequest) => isWrite && !(method === 'PATCH' && /\/leases\//.test(path));

/** One write as people read it: `PATCH deployments/web`, `POST services/web-canary`, and of the record what it says from then on. */
export function stepText({method, path, body}: SeenRequest): string {
	const [, namespace = '', place = ''] = /\/namespaces\/([^/]+)\/(.*)$/.exec(path) ?? [];
	if (method === 'POST') return `POST ${place}/${at(JSON.parse(body), 'metadata', 'name')}`;
	if (method !== 'PATCH' || !/^configmaps\/mkcoa-rollout-/.test(place)) return `${method} ${place}`;
	const data = at(JSON.parse(body), 'data');
	const title = at(data, 'title');
	return `record: ${typeof title === 'string' ? title.replaceAll(`${namespace}/`, '') : Object.keys(data ?? {}).filter(key => key !== 'seal')}`;
}

/** The record says so while it stands until somebody promotes. */
export const isHold = (text: string) => text.startsWith('record: Stay at ');

/** Of the writes with which every rollout opens and closes, in the same way. */
export const isFrame = (text: string) => / \w+\/mkcoa-(rollout|bundle)-/.test(text) || text === 'record: startedAt';

/** Which act begins, in the same way in every rollout; not where it stands until somebody promotes, nor that somebody did. */
export const isPlace = (text: string) => text.startsWith('record: ') && !isHold(text) && text !== 'record: paused,request,answered';

/** An act that only waits, such as judging or keeping: the next write says already where another one begins. */
export const isWait = (text: string, next: string | undefined) => isPlace(text) && !isFrame(text) && next?.startsWith('record: ') === true;

/** One of the writes of a run: the how many-th of those that read alike, from 1. */
export type Moment = {readonly text: string; readonly nth: number};

export const momentAt = (writes: readonly string[], index: number): Moment => ({
	text: writes[index] ?? '',
	nth: writes.slice(0, index + 1).filter(text => text === writes[index]).length,
});

/** Answers true once, when that moment has come. */
export function waitsFor(moment: Moment): (text: string) => boolean {
	let met = 0;
	return text => text === moment.text && ++met === moment.nth;
}
