import {createHash} from 'node:crypto';
import {ourManager} from '../../../core/diff/managed-fields.ts';
import {parseSpan} from '../../../core/duration.ts';
import {canonicalJson, type JsonObject} from '../../../core/json.ts';
import {listAt, textAt} from '../../../core/kube/json-at.ts';
import type {KubeObject, Ref} from '../../../core/kube/kube-object.ts';
import type {Silence, SilenceDraft} from '../alertmanager/port.ts';
import {matcherTexts, parseMatcher} from './matchers.ts';
import {alertmanagerVersion, keptBy} from './server-object.ts';

type About = Pick<SilenceDraft, 'matchers' | 'createdBy' | 'comment'>;

/** Who a silence was made by stands in it; this part of it says that mkcoa made it. */
const mark = ' (mkcoa)';
export const madeBy = (person: string) => `${person}${mark}`;

/** The server chooses ids, so what is yet to be made is named by what it is: `down-3fa94c21`. */
export function silenceName({matchers, createdBy, comment}: About): string {
	const texts = matcherTexts(matchers);
	const hash = createHash('sha256')
		.update(canonicalJson([[...texts], createdBy, comment]))
		.digest('hex');
	const slug = (matchers.find(({name}) => name === 'alertname')?.value ?? matchers[0]?.value ?? '')
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.slice(0, 40);
	return [...slug.split('-').filter(Boolean), hash.slice(0, 8)].join('-');
}

/** @param name an id, or the name of one that is yet to be made */
export const silenceRef = (name: string): Ref => ({apiVersion: alertmanagerVersion, kind: 'Silence', name});

/** A silence that is there, under the name by which it was asked for. */
export function silenceObject(silence: Silence, name: string, source: string): KubeObject {
	const {id, updatedAt, matchers, startsAtMs, endsAtMs, createdBy, comment, state} = silence;
	return {
		apiVersion: alertmanagerVersion,
		kind: 'Silence',
		metadata: {
			name,
			uid: id,
			resourceVersion: updatedAt,
			annotations: keptBy(source),
			// Whoever made it owns all of it: that tells drift by name, and a lost answer apart from somebody else's silence.
			managedFields: [
				{
					...{manager: createdBy.endsWith(mark) ? ourManager : createdBy, operation: 'Update', time: updatedAt},
					fieldsV1: {'f:spec': {}},
				},
			],
		},
		spec: {
			matchers: [...matcherTexts(matchers)],
			startsAt: new Date(startsAtMs).toISOString(),
			endsAt: new Date(endsAtMs).toISOString(),
			createdBy,
			comment,
		},
		status: {state},
	};
}

/** One that is yet to be made. It lasts from when it is made: a plan may wait for its yes. */
export const newSilence = (about: About, lasts: string, source: string): KubeObject => ({
	apiVersion: alertmanagerVersion,
	kind: 'Silence',
	metadata: {name: silenceName(about), annotations: keptBy(source)},
	spec: {matchers: [...matcherTexts(about.matchers)], lasts, createdBy: about.createdBy, comment: about.comment},
});

/** What the server is told. One that was ended and is made again begins now. */
export function silenceDraft({spec}: KubeObject, nowMs: number): SilenceDraft {
	const given = spec as JsonObject;
	const lastsMs = parseSpan(textAt(given, 'lasts') ?? '');
	const startsAtMs = Math.max(nowMs, Date.parse(textAt(given, 'startsAt') ?? '') || nowMs);
	return {
		matchers: listAt(given, 'matchers').map(text => parseMatcher(String(text))),
		...{startsAtMs, endsAtMs: lastsMs === undefined ? Date.parse(textAt(given, 'endsAt') ?? '') : startsAtMs + lastsMs},
		...{createdBy: textAt(given, 'createdBy') ?? '', comment: textAt(given, 'comment') ?? ''},
	};
}
