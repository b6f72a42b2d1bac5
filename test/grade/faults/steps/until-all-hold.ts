import {setTimeout} from 'node:timers/promises';
import {holds} from '../assertions/checks.ts';
import type {ClusterApi} from '../cluster-api.ts';
import type {Assertion} from '../fault-case.ts';

/** Where assertions are looked at. */
export type Place = {readonly api: ClusterApi; readonly namespace: string; readonly signal: AbortSignal};

/** The first assertion that does not hold now, with why it could not be looked at where that is so; undefined where all hold. */
export async function firstFailing({api, namespace}: Place, assertions: readonly Assertion[]): Promise<string | undefined> {
	for (const assertion of assertions) {
		try {
			if (!(await holds(api, namespace, assertion))) return JSON.stringify(assertion);
		} catch (error) {
			return `${JSON.stringify(assertion)}: ${error instanceof Error ? error.message : error}`;
		}
	}
	return undefined;
}

/** Waits until all hold at once. @returns the first that does not when the time is over */
export async function untilAllHold(place: Place, assertions: readonly Assertion[], limitMs: number): Promise<string | undefined> {
	const limit = AbortSignal.timeout(limitMs);
	for (;;) {
		const failing = await firstFailing(place, assertions);
		if (failing === undefined || limit.aborted) return failing;
		await setTimeout(500, undefined, {signal: place.signal});
	}
}
