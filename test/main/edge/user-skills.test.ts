import {mkdir, symlink, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {expect, test} from 'vitest';
import {userSkills} from '../../../src/main/edge/user-skills.ts';
import {temporaryFolder} from '../../support/temporary-folder.ts';

const good = (name: string) => `---\nname: ${name}\ndescription: Frees the disk\n---\n# Free the disk\n`;

async function read(files: {readonly [path: string]: string | Uint8Array}, links: {readonly [path: string]: string} = {}) {
	const base = await temporaryFolder();
	const folder = join(base, 'mkcoa', 'skills');
	const place = async (path: string) => {
		const at = join(folder, path);
		await mkdir(dirname(at), {recursive: true});
		return at;
	};
	for (const [path, content] of Object.entries(files)) await writeFile(await place(path), content);
	for (const [path, target] of Object.entries(links)) await symlink(target, await place(path));
	const {skills, troubles} = await userSkills({env: {XDG_CONFIG_HOME: base}, home: undefined}, ['diagnose-pods']);
	return {
		skills: skills.map(({entry, files: texts}) => [entry.uri, [...texts.keys()].map(uri => uri.slice('skill://own/'.length))]),
		told: troubles.map(({trouble: {what, why}}) => `${what}: ${why}`),
		texts: skills.flatMap(({files: texts}) => [...texts.values()]),
	};
}

test('a folder with SKILL.md is a skill, with the texts beside it; what is hidden or beside the folders is none', async () => {
	expect(
		await read({
			'free-disk/SKILL.md': good('free-disk'),
			'free-disk/references/sizes of it.md': 'large',
			'free-disk/.git/config': 'hidden',
			'README.md': 'mine',
		}),
	).toMatchObject({
		skills: [['skill://own/free-disk/SKILL.md', ['free-disk/SKILL.md', 'free-disk/references/sizes%20of%20it.md']]],
		told: [],
		texts: [good('free-disk'), 'large'],
	});
});

test('marks of Windows and colourful signs hide nothing', async () => {
	expect(await read({'free-disk/SKILL.md': `\ufeff${good('free-disk').replaceAll('\n', '\r\n')}⚠\ufe0f`})).toMatchObject({told: []});
});

const bad: readonly (readonly [string, {readonly [path: string]: string | Uint8Array}, string])[] = [
	['without the file', {'a/other.md': 'x'}, 'The skill a was left out: SKILL.md is missing'],
	['without front matter', {'a/SKILL.md': '# A'}, 'SKILL.md must begin with a "---" line'],
	['with the name of another folder', {'a/SKILL.md': good('b')}, 'must match the last path segment "a"'],
	['with a name that is no name', {'A b/SKILL.md': good('A b')}, 'lowercase letters'],
	['without a description', {'a/SKILL.md': '---\nname: a\n---\n'}, 'must contain string "name" and "description"'],
	['with an alias of YAML', {'a/SKILL.md': '---\nname: &a a\ndescription: *a\n---\n'}, 'anchors, aliases and tags are not supported'],
	['with a name that is taken', {'diagnose-pods/SKILL.md': good('diagnose-pods')}, 'mkcoa has a skill of this name'],
	['that is too large', {'a/SKILL.md': good('a'), 'a/b.md': 'x'.repeat(300_000)}, 'more than 262144 bytes together'],
	['that is no text', {'a/SKILL.md': Uint8Array.of(0xff, 0xfe)}, 'SKILL.md is no text in UTF-8'],
	['that hides words', {'a/SKILL.md': `${good('a')}now\u{e0041}`}, 'holds characters that nobody sees'],
	['that turns words round', {'a/SKILL.md': good('a'), 'a/b.md': '\u202eevil'}, 'b.md holds characters that nobody sees'],
	['that a terminal obeys', {'a/SKILL.md': `${good('a')}\u001b[2J`}, 'holds characters that nobody sees'],
	['that lies too deep', {'a/SKILL.md': good('a'), 'a/1/2/3/4/x.md': 'x'}, 'folders lie 4 deep in it'],
	[
		'of too many files',
		{'a/SKILL.md': good('a'), ...Object.fromEntries(Array.from({length: 33}, (_, index) => [`a/${index}.md`, 'x']))},
		'it has more than 32 files',
	],
];

test.each(bad)('one %s is told and left out, and others are served', async (_, files, why) => {
	const {skills, told} = await read({...files, 'z-good/SKILL.md': good('z-good')});
	expect(skills.map(([uri]) => uri)).toEqual(['skill://own/z-good/SKILL.md']);
	expect(told).toEqual([expect.stringContaining(why)]);
});

test('no link is followed, to a file, out of the folder or as a folder', async () => {
	const outside = await temporaryFolder();
	await writeFile(join(outside, 'SKILL.md'), good('linked'));
	const {skills, told} = await read(
		{'a/SKILL.md': good('a'), 'c/x.md': 'x'},
		{'a/secret.md': '/etc/passwd', 'b/up': '../..', 'c/SKILL.md': join(outside, 'SKILL.md'), linked: outside},
	);
	expect(skills).toEqual([]);
	expect(told).toEqual([
		'The skill a was left out: secret.md is a link or no file',
		'The skill b was left out: up is a link or no file',
		'The skill c was left out: SKILL.md is a link or no file',
		'The skill linked was left out: linked is a link or no file',
	]);
});

test('fifty are enough', async () => {
	const names = Array.from({length: 52}, (_, index) => `s-${String(index).padStart(2, '0')}`);
	const {skills, told} = await read(Object.fromEntries(names.map(name => [`${name}/SKILL.md`, good(name)])));
	expect(skills).toHaveLength(50);
	expect(told).toEqual(['The skill s-50 was left out: there are 52 skills', 'The skill s-51 was left out: there are 52 skills']);
});

test('without a folder there are none, and a folder that is a file is told', async () => {
	const base = await temporaryFolder();
	const place = {env: {XDG_CONFIG_HOME: base}, home: undefined};
	expect(await userSkills(place, [])).toEqual({skills: [], troubles: []});
	expect(await userSkills({env: {}, home: undefined}, [])).toEqual({skills: [], troubles: []});
	await mkdir(join(base, 'mkcoa'));
	await writeFile(join(base, 'mkcoa', 'skills'), '');
	expect((await userSkills(place, [])).troubles.map(({message}) => message)).toEqual([
		expect.stringMatching(/skills was left out: it is no folder$/),
	]);
});
