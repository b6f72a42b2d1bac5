import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Bytes of the heap that something still holds. */
export async function heapUsed(): Promise<number> {
	// What a finished request let go of in a callback is free one turn later.
	for (let turn = 0; turn < 3; turn++) {
		await new Promise(resolve => setImmediate(resolve));
		collect();
	}
	return process.memoryUsage().heapUsed;
}
