import {listAt, objectAt, textAt} from '../../core/kube/json-at.ts';
import {type KubeObject, refOf, refText} from '../../core/kube/kube-object.ts';
import {shortLine} from '../../core/text/short-line.ts';
import type {Case} from './case.ts';
import type {Cause, Remedy} from './cause.ts';
import {lastWriteOf, lastWrittenKeys, writtenText} from './changed-by.ts';
import {fieldPath} from './field-path.ts';
import {lastApplied} from './last-applied.ts';
import {meantValue} from './meant-value.ts';
import {complaintOf, type NamedSetting, ownSettings, sharedSettings, valuesElsewhere} from './named-setting.ts';
import {exchange, merge} from './patch-remedy.ts';

const startOf = (pods: readonly KubeObject[]) => Math.min(...pods.map(({metadata}) => Date.parse(metadata.creationTimestamp ?? '') || 0));

/** When pods that fail were last seen to be well; 0 where they do not tell. */
const failingSince = (pods: readonly KubeObject[]) =>
	Math.max(
		0,
		...pods
			.flatMap(pod => listAt(pod, 'status', 'conditions'))
			.filter(each => textAt(each, 'type') === 'Ready' && textAt(each, 'status') !== 'True')
			.map(each => Date.parse(textAt(each, 'lastTransitionTime') ?? '') || 0),
	);

/** So long before the failure a change may lie: containers read it when they next start. */
const windowMs = 2 * 60 * 60_000;
/** Clocks of nodes and servers differ. */
const slackMs = 60_000;

/** What was last applied, where somebody wrote over it since by other means. */
const formerOf = (settings: KubeObject) =>
	Object.entries(objectAt(lastApplied(settings), 'data')).filter(
		([key, value]) => typeof value === 'string' && objectAt(settings, 'data')[key] !== value,
	);

/** The ConfigMap that was written to after pods had been made which fail now, the last one of several: what ran before can only have read other values. */
function changedSince(settings: readonly NamedSetting[], pods: readonly KubeObject[]): KubeObject | undefined {
	const since = failingSince(pods);
	const isBefore = (atMs: number) => since === 0 || (atMs <= since + slackMs && since - atMs < windowMs);
	return [...new Set(settings.map(({holder}) => holder))]
		.map(holder => ({holder, atMs: lastWriteOf(holder, ['data'])?.atMs ?? 0}))
		.filter(
			({holder, atMs}) =>
				isBefore(atMs) && atMs > startOf(pods) && atMs > (Date.parse(holder.metadata.creationTimestamp ?? '') || 0) + 1000,
		)
		.toSorted((a, b) => b.atMs - a.atMs)[0]?.holder;
}

/** Settings of a ConfigMap that may be at fault: those of which the program complains, or else what was written last of those that it takes, or alone is nearly something else. */
function suspectsIn(changed: KubeObject, settings: readonly NamedSetting[], said: string, scene: Case['scene']): readonly NamedSetting[] {
	const own = settings.filter(({holder}) => holder === changed);
	const named = own.filter(each => complaintOf(said, each) !== undefined);
	if (named.length > 0) return named;
	const written = lastWrittenKeys(changed, Object.keys(objectAt(changed, 'data')));
	const late = own.filter(({place}) => written.includes(String(place[1])));
	const left = late.length > 0 ? late : own;
	const odd = left.filter(each => meantOf(each, said, scene) !== undefined);
	return odd.length === 1 ? odd : left;
}

const meantOf = (setting: NamedSetting, said: string, scene: Case['scene']) =>
	meantValue({name: setting.name, value: setting.value, said, others: valuesElsewhere(setting, scene)});

const shown = (value: string) => JSON.stringify(shortLine(value, 60));

/** What opens a door is nobody's to propose. */
const isCredential = /pass|token|secret|credential|private|api_?key/i;

/** Sets a value that the program refuses to what was most likely meant. */
function proposal(setting: NamedSetting, said: string, {scene}: Case): readonly Remedy[] {
	const {holder, place, value} = setting;
	const to = isCredential.test(setting.name) ? undefined : meantOf(setting, said, scene);
	if (to === undefined) return [];
	const path = fieldPath(holder, place);
	const who = refText(refOf(holder));
	const text = {
		en: `Set ${path} of ${who} to ${shown(to)} instead of ${shown(value)}`,
		ko: `${who}의 ${path}을(를) ${shown(value)} 대신 ${shown(to)}(으)로 바꿉니다`,
	};
	return holder.kind === 'ConfigMap'
		? [merge(holder, {data: {[String(place[1])]: to}}, {side: 'settings', sure: false, amount: to, text})]
		: [exchange(holder, [{path: place, from: value, to}], {side: 'workload', sure: false, amount: to, text})];
}

const putBack = (changed: KubeObject, former: ReturnType<typeof formerOf>, sure: boolean): Remedy => {
	const [keys, name] = [former.map(([key]) => key).join(', '), refText(refOf(changed))];
	return merge(
		changed,
		{data: Object.fromEntries(former)},
		{
			side: 'settings',
			sure,
			text: {
				en: `Set ${keys} of ${name} back to what was last applied`,
				ko: `${name}의 ${keys}을(를) 마지막으로 적용된 값으로 되돌립니다`,
			},
		},
	);
};

/** Where the program itself complains of a setting: the line in which it does. */
const told = (setting: NamedSetting | undefined, said: string, source: string) => {
	const line = setting === undefined ? undefined : complaintOf(said, setting);
	return line === undefined ? [] : [{source, detail: `says: ${shortLine(line, 200)}`}];
};

/**
 * Why containers end by what they are told: a ConfigMap that was changed while they ran, or a setting of which they complain themselves.
 * @param isNew whether the template of its pods is other than when they last ran
 */
export function settingsCause(
	given: Case,
	{said, isNew}: {readonly said: string; readonly isNew: boolean},
	evidence: Cause['evidence'],
): Cause | undefined {
	const {workload, pods} = given;
	if (workload === undefined || pods.length === 0) return undefined;
	const settings = sharedSettings(given);
	const written = changedSince(settings, pods);
	const named = settings.filter(each => complaintOf(said, each) !== undefined).map(({holder}) => holder);
	// A new version that does not take what the one before took is at fault itself.
	const complained = named.find(holder => holder === written) ?? (isNew ? undefined : named[0]);
	const changed = complained ?? written;
	if (changed === undefined) return undefined;
	const suspects = suspectsIn(changed, settings, said, given.scene);
	const blamed = new Set(suspects.map(({place}) => String(place[1])));
	// Of what a program complains nothing else is to be set back: an annotation may be years old.
	const former = formerOf(changed).filter(([key]) => complained === undefined || blamed.has(key));
	const keys = former.length > 0 ? former.map(([key]) => key) : [...new Set(suspects.map(({place}) => String(place[1])))];
	const [only] = keys.length === 1 ? suspects.filter(({place}) => place[1] === keys[0]) : [];
	const name = refText(refOf(changed));
	const who = refText(refOf(workload));
	return {
		id: 'settings-break-start',
		resource: refOf(changed),
		path: keys.length === 1 ? fieldPath(changed, ['data', keys[0] ?? '']) : 'data',
		hurts: [refOf(workload)],
		cause:
			complained === undefined
				? {
						en: `${name} was changed after the pods of ${who} had been made, and they end since`,
						ko: `${who}의 파드가 만들어진 뒤 ${name}이(가) 바뀌었고, 그 뒤로 컨테이너가 죽습니다`,
					}
				: {
						en: `${who} does not take ${keys.join(', ')} of ${name}, and ends`,
						ko: `${who}가 ${name}의 ${keys.join(', ')} 값을 받아들이지 못하고 죽습니다`,
					},
		evidence: [
			{source: name, detail: writtenText(changed, ['data']) ?? 'data was changed'},
			...told(only, said, evidence[0]?.source ?? who),
			...evidence,
		],
		remedies:
			former.length > 0
				? [putBack(changed, former, complained === undefined || former.length === 1)]
				: only === undefined
					? []
					: proposal(only, said, given),
	};
}

/** A variable of the template itself of which the program complains, and what it was most likely meant to be. */
export function ownSettingAtFault(
	given: Case,
	said: string,
): {readonly place: NamedSetting['place']; readonly remedies: readonly Remedy[]} | undefined {
	const setting =
		given.workload === undefined ? undefined : ownSettings(given.workload).find(each => complaintOf(said, each) !== undefined);
	return setting === undefined ? undefined : {place: setting.place, remedies: proposal(setting, said, given)};
}
