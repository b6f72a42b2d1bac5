import {setTimeout} from 'node:timers/promises';
import type {CaseResult} from './case-result.ts';
import type {ClusterApi} from './cluster-api.ts';
import type {FaultCase} from './fault-case.ts';
import {type Finding, isLoud} from './judging/finding.ts';
import {harmDone} from './judging/harm-done.ts';
import {judgeFindings} from './judging/judge-findings.ts';
import {applyStage} from './steps/apply-stage.ts';
import {clearAway} from './steps/clear-away.ts';
import {baseObjects, objectsAgain} from './steps/live-objects.ts';
import {settled} from './steps/settled.ts';
import {firstFailing, type Place, untilAllHold} from './steps/until-all-hold.ts';
import type {Tool} from './tool.ts';

/** A CronJob comes round once a minute, and its pod needs a moment to fail. */
const showMs = 80_000;
const cureMs = 90_000;
/** Of what nobody says that it was done, the state may still have the last word. */
const afterFailureMs = 10_000;
/** What the expectation says nothing about may still be starting. */
const restMs = 20_000;
/** So long a fault has to last by itself. */
const lastsMs = 4000;

export type Stand = {
	readonly api: ClusterApi;
	readonly signal: AbortSignal;
	readonly tool: Tool;
	/** Tells a person. */
	readonly say: (line: string) => void;
	/** Whether the tool is asked for a remedy too. */
	readonly isFixed: boolean;
};

/** Plays one case with a tool: base, fault, findings, remedy. Never rejects but for the signal: a case that does not work says so. */
export async function runCase(stand: Stand, fault: FaultCase): Promise<CaseResult> {
	const {api, signal, tool, isFixed, say} = stand;
	const {name, expect} = fault;
	const place: Place = {api, namespace: expect.namespace, signal};
	const goal = expect.cured ?? expect.healthy;
	let result: CaseResult = {name, family: expect.family};
	try {
		const before = await baseUp(place, fault);
		const inBase = await findings(tool, place);
		result = {...result, base: 'failed' in inBase ? inBase : {loud: inBase.found.filter(isLoud)}};
		await faultShown(place, fault);
		const shownAt = performance.now();
		const inFault = await findings(tool, place);
		result = {...result, verdict: 'failed' in inFault ? inFault : judgeFindings(expect, inFault.found)};
		await setTimeout(Math.max(0, lastsMs - (performance.now() - shownAt)), undefined, {signal});
		await stillSick(place, fault);
		if (!isFixed) return result;
		const fixed = await tool.fix(expect.namespace, signal).catch(error => ({told: `failed: ${wordsOf(error)}`, isChosen: false}));
		const left = await untilAllHold(place, goal, fixed.told.startsWith('done') ? cureMs : afterFailureMs);
		return {...result, remedy: {...fixed, left, harm: harmDone(expect, before, await objectsAgain(api, fault, before))}};
	} catch (error) {
		signal.throwIfAborted();
		return {...result, broken: wordsOf(error)};
	} finally {
		if (!signal.aborted) await clearAway(api, fault).catch(error => say(`${name}: ${wordsOf(error)}`));
	}
}

/** @throws where the base does not become healthy */
export async function baseUp(place: Place, fault: FaultCase) {
	await applyStage(place.api, fault.base, place.signal);
	const failing = await untilAllHold(place, fault.expect.healthy, showMs);
	if (failing !== undefined) throw new Error(`the base does not become healthy: ${failing}`);
	await untilAllHold(place, settled(fault.base.objects), restMs);
	return baseObjects(place.api, fault);
}

/** @throws where the fault does not show */
export async function faultShown(place: Place, {inject, expect}: FaultCase): Promise<void> {
	await applyStage(place.api, inject, place.signal);
	const failing = await untilAllHold(place, expect.shows, showMs);
	if (failing !== undefined) throw new Error(`the fault does not show: ${failing}`);
}

/** @throws where the fault went away by itself */
export async function stillSick(place: Place, {expect}: FaultCase): Promise<void> {
	if ((await firstFailing(place, expect.cured ?? expect.healthy)) === undefined) throw new Error('doing nothing cures it');
	const failing = await firstFailing(place, expect.shows);
	if (failing !== undefined) throw new Error(`the fault stopped showing: ${failing}`);
}

type Found = {readonly found: readonly Finding[]} | {readonly failed: string};

const findings = ({detect}: Tool, {namespace, signal}: Place): Promise<Found> =>
	detect(namespace, signal).then(
		found => ({found}),
		error => ({failed: wordsOf(error)}),
	);

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
