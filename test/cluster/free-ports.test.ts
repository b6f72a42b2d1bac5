import {expect, test} from 'vitest';
import {freePorts} from './free-ports.ts';

test('whoever asks at the same moment gets other ports', async () => {
	const ports = (await Promise.all(Array.from({length: 100}, () => freePorts(4)))).flat();
	expect(new Set(ports).size).toBe(400);
});
