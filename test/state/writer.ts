import {randomBytes} from 'node:crypto';
import {openState} from '../../src/state/state.ts';
import {entryOf} from './samples.ts';

// A process of its own that writes entries and audit records, as fast as it can: node writer.ts FOLDER COUNT
const [folder = '', count = '0'] = process.argv.slice(2);
const state = openState({folder, clock: {now: () => Date.now()}, randomBytes, uid: process.getuid?.()});
for (let number = 0; number < Number(count); number++) {
	await state.journal.open(entryOf());
	await state.audit.append({
		action: 'applied',
		tool: 'deployment_scale',
		identity: 'ada',
		context: 'prod',
		detail: `${process.pid} ${number}`,
	});
}
state.close();
