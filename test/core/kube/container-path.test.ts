import {expect, test} from 'vitest';
import {containerPath} from '../../../src/core/kube/container-path.ts';

test.each([
	['/opt/app/run.sh', '/opt/app/run.sh'],
	['/opt//app/./bin/../run.sh', '/opt/app/run.sh'],
	['/data/', '/data'],
	['/../etc', '/etc'],
	['/', '/'],
	['', '/'],
])('%s is %s', (path, read) => {
	expect(containerPath(path)).toBe(read);
});
