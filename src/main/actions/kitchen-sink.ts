import {printKitchenSink} from '../../commands/render/print-kitchen-sink.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {Host} from '../host.ts';
import type {ActionCall} from './answer.ts';

/** Prints every screen and every ending, for the eye. */
export async function kitchenSink(_call: ActionCall, {streams}: Host): Promise<ExitCode> {
	const [{kitchenSink: screens}, {sampleDigest, samplePlan}] = await Promise.all([
		import('../../tui/kitchen-sink.ts'),
		import('../../tui/sample-plan.ts'),
	]);
	printKitchenSink(streams, {screens: screens({columns: streams.width, rows: streams.height}), plan: samplePlan, digest: sampleDigest});
	return exitCodes.done;
}
