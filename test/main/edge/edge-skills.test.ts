import {createHash} from 'node:crypto';
import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import * as z from 'zod';
import {eras} from '../../support/edge-client.ts';
import {servedClients} from '../../support/served-clients.ts';
import {openShop} from '../../support/shop.ts';

const shop = await openShop({speed: 1});
const folder = join(shop.folder, 'config', 'mkcoa', 'skills');
await mkdir(join(folder, 'wake-dba'), {recursive: true});
await writeFile(join(folder, 'wake-dba', 'SKILL.md'), '---\nname: wake-dba\ndescription: Whom to call at night\n---\nCall Kim.\n');
await writeFile(join(folder, 'wake-dba', 'numbers.json'), '{}');
await mkdir(join(folder, 'broken'));

const serve = servedClients(shop.run);

const entry = z.object({
	uri: z.string(),
	frontmatter: z.object({name: z.string(), description: z.string()}),
	resources: z.array(z.object({uri: z.string(), digest: z.string(), size: z.number()})),
});
const listed = z.object({skills: z.array(entry), ttlMs: z.number(), cacheScope: z.literal('private')});
const got = z.object({skill: entry});

describe.each(eras)('a client of the %s era', era => {
	test('finds the runbooks of mkcoa and of the person, and each file is what was published of it', async () => {
		const {client} = await serve(era, ['--allow-changes']);
		expect(client.getServerCapabilities()).toMatchObject({extensions: {'io.modelcontextprotocol/skills': {}}});
		const {skills} = await client.request({method: 'skills/list', params: {}}, listed);
		expect(skills.map(({uri}) => uri)).toEqual([
			...['diagnose-pods', 'end-incident', 'free-node', 'release-safely', 'rotate-secret', 'take-back-release'].map(
				name => `skill://mkcoa/${name}/SKILL.md`,
			),
			'skill://own/wake-dba/SKILL.md',
		]);
		for (const {uri, digest, size} of skills.flatMap(({resources}) => resources)) {
			const {contents} = await client.readResource({uri});
			const text = contents.map(each => ('text' in each ? each.text : '')).join('');
			expect([`sha256:${createHash('sha256').update(text).digest('hex')}`, Buffer.byteLength(text)]).toEqual([digest, size]);
		}
		const {resources} = await client.listResources();
		expect(resources.map(({uri}) => uri)).toEqual(['mkcoa://cluster', ...skills.map(({uri}) => uri)]);
		expect((await client.readResource({uri: 'skill://own/wake-dba/numbers.json'})).contents).toMatchObject([
			{mimeType: 'application/json', text: '{}'},
		]);
		const [{uri = ''} = {}] = skills;
		expect((await client.request({method: 'skills/get', params: {uri}}, got)).skill).toEqual(skills[0]);
	});

	test('that may only read is told of what it can follow', async () => {
		const {client} = await serve(era);
		const {skills} = await client.request({method: 'skills/list', params: {}}, listed);
		expect(skills.map(({frontmatter}) => frontmatter.name)).toEqual(['diagnose-pods', 'wake-dba']);
		const uri = 'skill://mkcoa/free-node/SKILL.md';
		await expect(client.readResource({uri})).rejects.toThrow();
		await expect(client.request({method: 'skills/get', params: {uri}}, got)).rejects.toThrow(
			'No skill is served at skill://mkcoa/free-node',
		);
	});

	test.each(['skill://own/wake-dba/../../policy.yaml', 'skill://own/wake-dba/%2e%2e/x', 'skill://own/wake-dba', 'skill://'])(
		'finds nothing at %s',
		async uri => {
			const {client} = await serve(era);
			await expect(client.readResource({uri})).rejects.toThrow();
			await expect(client.request({method: 'skills/get', params: {uri}}, got)).rejects.toThrow();
		},
	);
});

test('the person is told of a skill that was left out, and why', async () => {
	const {leave} = await serve('modern');
	expect((await leave()).err).toContain('! The skill broken was left out: SKILL.md is missing. Begin SKILL.md with name');
});

test('a cursor that was never given out is refused', async () => {
	const {client} = await serve('modern');
	await expect(client.request({method: 'skills/list', params: {cursor: 'x'}}, listed)).rejects.toThrow('none of this server');
});
