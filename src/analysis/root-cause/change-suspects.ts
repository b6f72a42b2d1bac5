import {numberAt} from '../../core/kube/json-at.ts';
import {refKey, refText} from '../../core/kube/kube-object.ts';
import {age} from '../../core/text/age.ts';
import {count} from '../../core/text/count.ts';
import {revisionOf} from '../diagnosis/earlier-revision.ts';
import {isChange} from '../timeline/happening.ts';
import type {Seen} from '../timeline/timeline.ts';
import {peerGrounds, type Setting, wayGround, wayTo, wordGrounds} from './setting.ts';
import type {Ground, Suspect} from './suspect.ts';

/** Changes of longer before the symptom are told by the timeline alone. */
const mostBeforeMs = 3_600_000;
/** Clocks disagree, and a probe has to fail a few times. */
const mostAfterMs = 60_000;
/** After so long a change is half as likely why. */
const halfLifeMs = 20 * 60_000;

/** Pods of the present revision against those of the ones before. */
function revisionGrounds(change: Seen, {survey}: Setting): {readonly for: readonly Ground[]; readonly against: readonly Ground[]} {
	const {kind, namespace, name} = change.ref;
	const sets = survey
		.all('ReplicaSet', namespace)
		.filter(({metadata}) => metadata.ownerReferences?.some(owner => owner.kind === kind && owner.name === name))
		.map(set => ({
			revision: revisionOf(set),
			pods: numberAt(set, 'status', 'replicas') ?? 0,
			ready: numberAt(set, 'status', 'readyReplicas') ?? 0,
		}))
		.filter(({pods}) => pods > 0)
		.toSorted((a, b) => b.revision - a.revision);
	const [now, before] = sets;
	if (now === undefined || before === undefined) return {for: [], against: []};
	const detail = `${now.ready} of ${count(now.pods, 'pod')} of revision ${now.revision} ${now.ready === 1 ? 'is' : 'are'} ready, ${before.ready} of ${before.pods} of revision ${before.revision}`;
	const ground = [{source: refText(change.ref), detail}];
	if (now.ready < now.pods && before.ready === before.pods) return {for: ground, against: []};
	return before.ready < before.pods ? {for: [], against: ground} : {for: [], against: []};
}

function refutation({source, ref}: Seen): string {
	if (source === 'revision')
		return `pods of the revision before it show the symptom, too, or it stays after mkcoa deploy rollback ${ref.kind === 'Deployment' ? ref.name : `${ref.kind.toLowerCase()}/${ref.name}`}`;
	if (ref.kind === 'ConfigMap' || ref.kind === 'Secret')
		return 'pods that started before it was changed, and have not read it since, show the symptom, too';
	return 'it stays once the change is taken back';
}

const unseen: Ground = {source: 'the symptom', detail: 'nothing that was looked at tells when it began'};

function whenText(beforeMs: number, beganMs: number | undefined): string {
	if (beganMs === undefined) return `${age(beforeMs)} ago`;
	return beforeMs < 1000 ? 'as the symptom was first seen' : `${age(beforeMs)} before the symptom was first seen`;
}

function suspectOf(changes: readonly [Seen, ...Seen[]], setting: Setting): Suspect {
	const told = changes.find(({source}) => source === 'revision') ?? changes.find(({source}) => source === 'journal') ?? changes[0];
	const {beganMs} = setting;
	const beforeMs = (beganMs ?? setting.survey.nowMs) - Date.parse(told.at);
	const peers = told.isAround ? peerGrounds(told.ref, setting) : {for: [], against: []};
	const revisions = told.source === 'revision' ? revisionGrounds(told, setting) : {for: [], against: []};
	const words = told.isAround ? wordGrounds(told.ref, setting) : [];
	const steps = told.isAround ? Math.max(1, wayTo(told.ref, setting).length) : 0;
	const weight =
		0.7 *
		0.5 ** (Math.max(0, beforeMs) / halfLifeMs) *
		(1 - 0.1 * steps) *
		(peers.against.length > 0 && peers.for.length === 0 ? 0.6 : 1) *
		(revisions.against.length > 0 ? 0.5 : 1);
	return {
		kind: 'change',
		resource: told.ref,
		text: `${refText(told.ref)} was changed ${whenText(beforeMs, beganMs)}: ${told.text}`,
		weight: Math.min(0.95, weight + 0.08 * (revisions.for.length + Math.min(1, words.length) + Math.min(1, peers.for.length))),
		for: [
			...changes.map(({at, text}) => ({source: at, detail: text})),
			...wayGround(told.ref, setting),
			...revisions.for,
			...peers.for,
			...words,
		],
		against: [...revisions.against, ...peers.against, ...(beganMs === undefined ? [unseen] : [])],
		refutedBy: refutation(told),
	};
}

/** That one of these was made can stop what ran well before. */
const stopping =
	/^(?:NetworkPolicy|ResourceQuota|LimitRange|HorizontalPodAutoscaler|PodDisruptionBudget|\w+WebhookConfiguration|\w+AdmissionPolicy(?:Binding)?)$/;

/** Whether somebody's change can be why: a pod is made anew because of something, and that settings are new stops nobody who ran without them. */
const canStop = ({ref: {kind}, source, isBad}: Seen) => source !== 'life' || stopping.test(kind) || (isBad && kind !== 'Pod');

/** Changes shortly before the symptom was first seen (or before now, where nothing tells when that was), one suspect for each object that was changed. */
export function changeSuspects(setting: Setting): readonly Suspect[] {
	const {beganMs, happenings, survey} = setting;
	const lastMs = beganMs === undefined ? survey.nowMs : beganMs + mostAfterMs;
	const near = happenings.filter(each => {
		const atMs = Date.parse(each.at);
		return isChange(each) && canStop(each) && atMs >= lastMs - mostBeforeMs && atMs <= lastMs;
	});
	return [...Map.groupBy(near, ({ref}) => refKey(ref)).values()].flatMap(([first, ...others]) =>
		first === undefined ? [] : [suspectOf([first, ...others], setting)],
	);
}
