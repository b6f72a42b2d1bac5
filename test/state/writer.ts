import {randomBytes} from 'node:crypto';
import {openState} from '../../src/state/state.ts';
import {deployment, entryOf, scale} from './samples.ts';

// A process of its own. `writer.ts FOLDER COUNT` writes entries and audit records as fast as it can, a dot for each;
// `writer.ts FOLDER one` begins one run, prints its id, and stays in the middle of an effect until it is killed;
// started with --expose-gc it keeps nothing that it could let go.
const [folder = '', count = ''] = process.argv.slice(2);
const state = openState({folder, clock: {now: () => Date.now()}, randomBytes, uid: process.getuid?.()});
if (count === 'one') {
	const id = await state.journal.open(entryOf());
	await state.journal.intend(id, {index: 0, write: scale, before: deployment(3)});
	setTimeout(() => {
		globalThis.gc?.();
		process.stdout.write(id);
	}, 0);
	setInterval(() => {}, 60_000);
} else {
	for (let number = 0; number < Number(count); number++) {
		await state.journal.open(entryOf());
		await state.audit.append({
			action: 'applied',
			tool: 'deployment_scale',
			identity: 'ada',
			context: 'prod',
			detail: `${process.pid} ${number}`,
		});
		process.stdout.write('.');
	}
	state.close();
}
