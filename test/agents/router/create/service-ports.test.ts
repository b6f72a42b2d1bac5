import {expect, test} from 'vitest';
import {spokenPorts} from '../../../../src/agents/router/create/reading/service-ports.ts';

test.each([
	['give it one on port 81 going to 9090.', 81, 9090],
	['a service on 443 that goes to 8443, please', 443, 8443],
	['port 5000 → 5050.', 5000, 5050],
])('the port behind a sentence is a target as well: %s', (text, port, target) => {
	expect(spokenPorts({text})).toEqual([expect.objectContaining({port, target})]);
});
