import {setTimeout} from 'node:timers/promises';
import type {ClusterApi} from './cluster-api.ts';
import type {FaultCase} from './fault-case.ts';
import {harmDone} from './judging/harm-done.ts';
import {baseUp, faultShown, stillSick} from './run-case.ts';
import {clearAway} from './steps/clear-away.ts';
import {baseObjects, objectsAgain} from './steps/live-objects.ts';
import {performChange} from './steps/perform-change.ts';
import {untilAllHold} from './steps/until-all-hold.ts';

const cureMs = 90_000;
/** Admission objects take a moment to be heard of. */
const betweenMs = 2000;
const lastsMs = 4000;

/**
 * Proves a case without any tool: its base becomes healthy, the fault shows and lasts, and each listed remedy cures without harm.
 * @returns how long that took, for people
 * @throws what is not so
 */
export async function verifyCase(api: ClusterApi, fault: FaultCase, signal: AbortSignal): Promise<string> {
	const {changes, orAny} = fault.expect.remedy;
	const remedies = [changes, ...orAny];
	const start = performance.now();
	for (const [index, remedy] of remedies.entries())
		await verifyRemedy(api, fault, remedy, signal).catch(error => {
			throw new Error(`remedy ${index}: ${error instanceof Error ? error.message : error}`, {cause: error});
		});
	return `${remedies.length} remedies in ${((performance.now() - start) / 1000).toFixed(0)} s`;
}

async function verifyRemedy(api: ClusterApi, fault: FaultCase, remedy: FaultCase['expect']['remedy']['changes'], signal: AbortSignal) {
	const {expect} = fault;
	const place = {api, namespace: expect.namespace, signal};
	try {
		await baseUp(place, fault);
		const before = await baseObjects(api, fault);
		await faultShown(place, fault);
		await setTimeout(lastsMs, undefined, {signal});
		await stillSick(place, fault);
		for (const [index, change] of remedy.entries()) {
			if (index > 0) await setTimeout(betweenMs, undefined, {signal});
			await performChange(api, change);
		}
		const left = await untilAllHold(place, expect.cured ?? expect.healthy, cureMs);
		if (left !== undefined) throw new Error(`it does not cure: ${left}`);
		const harm = harmDone(expect, before, await objectsAgain(api, fault, before));
		if (harm.length > 0) throw new Error(`it does harm: ${harm.join(', ')}`);
	} finally {
		if (!signal.aborted) await clearAway(api, fault);
	}
}
