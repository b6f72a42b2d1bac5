import {sleep} from '../../../core/clock.ts';
import {DriftError, MkcoaError, troubleOf} from '../../../core/error.ts';
import {numberAt} from '../../../core/kube/json-at.ts';
import {refKey} from '../../../core/kube/kube-object.ts';
import {waitForReady} from '../rollout/wait-for-ready.ts';
import type {Act, StandIn, Wait} from './act.ts';
import {type Crew, carryOutStep} from './crew.ts';
import {podFreer} from './free-pods.ts';
import {growAlong} from './grow-along.ts';
import {LeaseLost} from './lease/renew-beside.ts';
import {isPassing} from './patience.ts';
import {ChangedRecord} from './record/changed-record.ts';
import {standing, standsIn} from './stands-in.ts';
import {TurnBack} from './turn-back.ts';

type Ready = Extract<Wait, {kind: 'ready'}>;

/** What the way back put back, and what it had to leave. */
export type WayBack = {readonly undone: readonly string[]; readonly left: readonly string[]};

/** The words of whatever ended something. */
export const wordsOf = (error: unknown) =>
	error instanceof TurnBack || error instanceof DriftError || error instanceof MkcoaError ? error.message : troubleOf(error).what;

/** Not for one act to tell: the whole run ends. */
export const endsAll = (crew: Pick<Crew, 'context'>, error: unknown) =>
	error instanceof LeaseLost || crew.context.signal.aborted || isPassing(error);

/**
 * From any point of a script to what was before it. Each write is bound to what this run left, so what somebody else changed meanwhile
 * stays theirs and is told. Where an act could not be done and what it is for does not hold either, the ones behind it stay undone: half
 * a service on a doubtful version is better than too few pods for all of it.
 * @param from the act to begin with
 * @param reached how far the way forward came: what was not made by then needs no word when it is absent
 */
export async function goBack(crew: Crew, from: number, reached: number): Promise<WayBack> {
	const undone: string[] = [];
	const left: string[] = [];
	const short: Ready[] = [];
	/** The first act that is not done or does not hold yet: whoever finishes the way back begins there. */
	let open: number | undefined;
	for (const [index, act] of crew.script.wayBack.entries()) {
		if (index < from || (act.after ?? 0) > reached) continue;
		const begin = () => crew.patiently(() => crew.record.write({back: open ?? index, title: act.title})).catch(unlessRecordLost);
		if (act.standIn !== undefined) {
			await stoodIn(crew, act, index, {undone, reached, begin, standIn: act.standIn});
			continue;
		}
		await begin();
		const trouble = await written(crew, act, index, {undone, reached});
		const behindIt = crew.script.wayBack.slice(index + 1);
		const makesRoom = (wait: Ready) => behindIt.length > 0 && short.push(wait) > 0;
		const lack = trouble === undefined ? await lackAfter(crew, act.wait, makesRoom) : await lackOf(crew, act.wait);
		if (trouble !== undefined) left.push(`${act.title} (${trouble})`);
		if (trouble !== undefined || short.length > 0) open ??= index;
		if (lack === undefined) continue;
		const behind = behindIt.flatMap(({title, standIn}) => (standIn === undefined ? [`${title} (not done: ${lack})`] : []));
		left.push(...(behind.length === 0 && trouble === undefined ? [lack] : behind));
		return {undone, left};
	}
	const stillShort = [];
	for (const wait of short) stillShort.push(await lackAfter(crew, wait, () => false));
	return {undone, left: [...left, ...stillShort.filter(lack => lack !== undefined)]};
}

/** A record that somebody deleted or changed is no reason to stay half way. */
export function unlessRecordLost(error: unknown): void {
	if (!(error instanceof DriftError || error instanceof ChangedRecord)) throw error;
}

type Done = {readonly undone: string[]; readonly reached: number};

/**
 * An act that only spares the requests while the next one replaces pods. Whatever becomes of it is told, and the way back goes on: a bad version that
 * serves everything is worse than pods that are replaced while they serve.
 */
async function stoodIn(
	crew: Crew,
	act: Act,
	index: number,
	{begin, standIn, ...done}: Done & {readonly begin: () => Promise<void>; readonly standIn: StandIn},
): Promise<void> {
	const {emit} = crew.context;
	try {
		if (!(await standsIn(crew, index, standIn))) return;
		await begin();
		const trouble = await written(crew, act, index, done);
		// One that stays short is found so by the next one that needs it.
		if (trouble === undefined) await lackAfter(crew, act.wait, () => true);
		else emit({kind: 'note', text: withoutStandIn(crew, standIn, trouble)});
	} catch (error) {
		if (endsAll(crew, error)) throw error;
		emit({kind: 'note', text: withoutStandIn(crew, standIn, wordsOf(error))});
	}
}

const withoutStandIn = ({workload: {name}}: Crew, {copy}: StandIn, trouble: string) =>
	`${copy.name} could not be made to serve for ${name} meanwhile (${trouble}): it goes back all the same, and its pods are replaced while they serve`;

/** @returns why the act could not be written */
async function written(crew: Crew, act: Act, index: number, {undone, reached}: Done): Promise<string | undefined> {
	const step = crew.layout.back(index);
	if (step === undefined) throw new Error(`The plan has no way back ${index}`);
	try {
		const isDone = await crew.patiently(() => standing(crew, act));
		await carryOutStep(crew, step, {isDone});
		if (isDone.includes(false)) undone.push(act.title);
		else if (wasMade(crew, act, reached)) undone.push(`${act.title} (it was gone already)`);
		return undefined;
	} catch (error) {
		if (endsAll(crew, error)) throw error;
		return wordsOf(error);
	}
}

/** Whether an act removes something that the way forward had made. */
function wasMade({script}: Crew, {writes}: Act, reached: number): boolean {
	const made = script.acts.slice(0, reached + 1).flatMap(act => act.writes.filter(({op}) => op === 'create').map(({ref}) => refKey(ref)));
	return writes.some(({op, ref}) => op === 'delete' && made.includes(refKey(ref)));
}

/**
 * What is missing after an act that was done.
 * @param makesRoom pods that no node or quota has room for do not hold the rest up where it answers true; they are looked at again afterwards
 */
async function lackAfter(crew: Crew, wait: Wait | undefined, makesRoom: (wait: Ready) => boolean): Promise<string | undefined> {
	const {patiently, context} = crew;
	if (wait?.kind === 'keep') await sleep(context.clock, wait.ms, context.signal);
	if (wait?.kind !== 'ready') return undefined;
	const {ref, withinMs, pods} = wait;
	const free = podFreer(wait, context.ports.cluster, crew.effects);
	const grow = growAlong(wait.along, context.ports.cluster, crew.effects);
	let least = pods;
	const between = async () => {
		await patiently(free);
		least = Math.max(pods, await patiently(grow));
	};
	const end = await waitForReady({ref, withinMs, pods: () => least, between, patiently}, context);
	if (end.done) return undefined;
	const lacksRoom = end.cause === 'refused' || end.cause === 'unschedulable';
	if (!lacksRoom || !makesRoom(wait)) return `${ref.name}: ${end.reason}`;
	context.emit({kind: 'note', text: `${ref.name}: ${end.reason}; it goes on, which makes room`});
	return undefined;
}

/** What is missing after an act that could not be done. Only the number of pods can be looked at; anything else counts as missing. */
async function lackOf({context: {ports}, patiently}: Crew, wait: Wait | undefined): Promise<string | undefined> {
	if (wait?.kind !== 'ready') return 'that comes first';
	const live = await patiently(() => ports.cluster.get(wait.ref));
	const pods = live === undefined ? 0 : (numberAt(live, 'spec', 'replicas') ?? 1);
	return pods >= wait.pods ? undefined : `without it ${wait.ref.name} has ${pods} of ${wait.pods} pods`;
}
