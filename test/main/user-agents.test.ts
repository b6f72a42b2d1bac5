import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {userAgents} from '../../src/main/user-agents.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';

const good = '---\nsummary: Watches the shop\n---\nYou watch.\n';

async function read(files: {readonly [name: string]: string}) {
	const base = await temporaryFolder();
	const folder = join(base, 'mkcoa', 'agents');
	await mkdir(folder, {recursive: true});
	for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
	await mkdir(join(folder, 'folder.md'));
	const {agents, troubles} = await userAgents({env: {XDG_CONFIG_HOME: base}, home: undefined});
	return {agents: agents.map(({name}) => name), troubles: troubles.map(({message}) => message.replaceAll(base, ''))};
}

test('the good ones are agents, what cannot be read is told, and other files are passed over', async () => {
	expect(await read({'watch.md': good, 'bad.md': 'You watch.', 'large.md': 'x'.repeat(100_000), 'notes.txt': good})).toEqual({
		agents: ['watch'],
		troubles: [
			'Agents of /mkcoa/agents/folder.md were left out: it is no file',
			'Agents of /mkcoa/agents/large.md were left out: it has 100000 bytes',
			'The agent of bad.md was left out: line 1: it does not begin with a line ---',
		],
	});
});

test('without a folder there are none, and a folder that is a file is told', async () => {
	const base = await temporaryFolder();
	const place = {env: {XDG_CONFIG_HOME: base}, home: undefined};
	expect(await userAgents(place)).toEqual({agents: [], troubles: []});
	expect(await userAgents({env: {}, home: undefined})).toEqual({agents: [], troubles: []});
	await mkdir(join(base, 'mkcoa'));
	await writeFile(join(base, 'mkcoa', 'agents'), '');
	expect((await userAgents(place)).troubles.map(({message}) => message)).toEqual([
		expect.stringMatching(/agents were left out: it is no folder$/),
	]);
});
