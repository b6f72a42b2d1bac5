import {expect, test} from 'vitest';
import {readOptions} from '../../../src/commands/options.ts';
import {sessionsBehind} from '../../../src/main/screens/sessions.ts';
import {hostIn} from '../../support/host.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

const folder = await temporaryFolder();

test('a screen looks at this machine as it looks at a cluster, without one', async () => {
	const sessions = sessionsBehind(hostIn({folder}).host, new AbortController().signal);
	const session = await sessions.of(readOptions({context: 'this machine'}, {}));
	expect(await session.cluster.target(undefined)).toMatchObject({context: 'this machine', identity: 'alice'});
	await expect(session.cluster.typeOf('pods')).rejects.toMatchObject({trouble: {code: 'not-of-this-machine'}});
	await sessions.close();
});
