import {type Binary, binaryPath} from './binaries.ts';
import type {ControlPlane} from './control-plane.ts';
import {Processes} from './processes.ts';

/** What of a control plane a program needs that runs beside it. */
export type Beside = Pick<ControlPlane, 'folder' | 'signal'> & {
	readonly run: (program: {readonly name: Binary; readonly args: readonly string[]}) => void;
};

/** Where programs run without a control plane. `stop` ends those that were started here, and removes the folder. */
export async function besideNothing(): Promise<Beside & {readonly stop: () => Promise<void>}> {
	const failure = new AbortController();
	const processes = await Processes.open(reason => failure.abort(reason));
	return {
		folder: processes.folder,
		signal: failure.signal,
		run: ({name, args}) => processes.start({name, file: binaryPath(name), args}),
		stop: () => processes.stop(),
	};
}
