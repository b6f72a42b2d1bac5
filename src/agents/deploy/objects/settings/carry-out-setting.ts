import type * as z from 'zod';
import {refText} from '../../../../core/kube/kube-object.ts';
import type {ApprovedPlan} from '../../../../core/plan.ts';
import type {Context, Effects} from '../../../../core/tool.ts';
import {durationMs} from '../../duration.ts';
import type {DeployPorts} from '../../ports.ts';
import {type ReadyWorkload, waitForSet} from '../manifests/wait-for-set.ts';
import type {settingOutput, settingResolved} from './setting-schemas.ts';

/**
 * Writes a setting, then rolls its users one after the other: where one does not become ready, the others keep what they have.
 * @throws StoppedError `not-ready`
 */
export async function carryOutSetting(
	{input: {rolls, readyWithin, set, removed}, changes}: ApprovedPlan<z.output<typeof settingResolved>>,
	context: Context<DeployPorts>,
	effects: Effects,
): Promise<z.output<typeof settingOutput>> {
	await effects.performStep(0);
	const rolled: ReadyWorkload[] = [];
	for (const [index, roll] of rolls.entries()) {
		await effects.performStep(index + 1);
		const rest = rolls.slice(index + 1).map(({ref}) => refText(ref));
		const left =
			rest.length === 0 ? 'The setting keeps its new values' : `The setting keeps its new values; not rolled: ${rest.join(', ')}`;
		rolled.push(...(await waitForSet([roll], durationMs(readyWithin), left, context)));
	}
	const [change] = changes;
	return {
		object: change === undefined ? '' : refText(change.ref),
		operation: change?.operation === 'create' ? 'created' : 'changed',
		set,
		removed,
		rolled,
	};
}
