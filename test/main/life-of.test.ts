import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {lifeOf} from '../../src/main/life-of.ts';

/** The number of a process that ran and ended. */
const dead = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('whoever held a Lease', () => {
	const {holder, holderDied} = lifeOf('alice', 'aaaa1111');
	test.each([
		['ended in this process space', `bob@here/${dead()}-aaaa1111-0f0f0f0f`, true],
		['still runs in it', `bob@here/${process.ppid}-aaaa1111-0f0f0f0f`, false],
		['is this process itself', holder, false],
		['has the same host name in another space', `bob@here/${dead()}-bbbb2222-0f0f0f0f`, false],
		['says no space', `bob@here/${dead()}-0f0f0f0f`, false],
		['is no process', 'mkcoa-guardian', false],
	])('%s', (_who, other, died) => {
		expect(holderDied(other)).toBe(died);
	});

	test('is never taken for dead where the system tells no space', () => {
		expect(lifeOf('alice', '').holderDied(`bob@here/${dead()}-0f0f0f0f`)).toBe(false);
	});
});
