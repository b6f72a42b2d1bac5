import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {crc32, deflateRawSync, gzipSync} from 'node:zlib';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {openAdvisories} from '../../../src/mcp/security/advisories/open-advisories.ts';

let folder = '';
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'mkcoa-osv-'));
});
afterEach(() => rm(folder, {recursive: true, force: true}));

const record = (id: string, name: string, modified: string) =>
	JSON.stringify({id, modified, affected: [{package: {ecosystem: 'npm', name}, versions: ['1.0.0']}]});

/** A zip as the format describes it; of large ones the numbers stand in a second end. */
function zipOf(files: readonly (readonly [string, string])[], isLarge = false): Buffer {
	const locals: Buffer[] = [];
	const entries: Buffer[] = [];
	let offset = 0;
	for (const [name, text] of files) {
		const packed = deflateRawSync(text);
		const local = Buffer.alloc(30 + name.length);
		local.writeUInt32LE(0x04034b50, 0);
		local.writeUInt16LE(8, 8);
		local.writeUInt16LE(name.length, 26);
		local.write(name, 30);
		const entry = Buffer.alloc(46 + name.length);
		entry.writeUInt32LE(0x02014b50, 0);
		entry.writeUInt16LE(8, 10);
		entry.writeUInt32LE(crc32(text), 16);
		entry.writeUInt32LE(packed.length, 20);
		entry.writeUInt32LE(text.length, 24);
		entry.writeUInt16LE(name.length, 28);
		entry.writeUInt32LE(offset, 42);
		entry.write(name, 46);
		locals.push(local, packed);
		entries.push(entry);
		offset += local.length + packed.length;
	}
	const directory = Buffer.concat(entries);
	const large = Buffer.alloc(isLarge ? 76 : 0);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(isLarge ? 0xffff : files.length, 10);
	end.writeUInt32LE(isLarge ? 0xffffffff : directory.length, 12);
	end.writeUInt32LE(isLarge ? 0xffffffff : offset, 16);
	if (isLarge) {
		large.writeUInt32LE(0x06064b50, 0);
		large.writeBigUInt64LE(BigInt(directory.length), 40);
		large.writeBigUInt64LE(BigInt(offset), 48);
		large.writeUInt32LE(0x07064b50, 56);
		large.writeBigUInt64LE(BigInt(offset + directory.length), 64);
	}
	return Buffer.concat([...locals, directory, large, end]);
}

const opened = () => openAdvisories(folder, new AbortController().signal);

describe('a folder of advisories', () => {
	test('gives what is wanted out of files and zips, and says how new it is', async () => {
		await mkdir(join(folder, 'npm'));
		await writeFile(join(folder, 'npm', 'A-1.json'), record('A-1', 'lodash', '2026-11-01T00:00:00Z'));
		await writeFile(join(folder, 'npm', 'A-2.json'), record('A-2', 'other', '2026-11-02T00:00:00Z'));
		await writeFile(
			join(folder, 'all.zip'),
			zipOf([
				['B-1.json', record('B-1', 'lodash', '2026-11-20T00:00:00Z')],
				['readme.txt', 'no record'],
				['B-2.json', record('B-2', 'x', '2026-01-01T00:00:00Z')],
			]),
		);
		await writeFile(join(folder, 'large.zip'), zipOf([['C-1.json', record('C-1', 'lodash', '2026-02-01T00:00:00Z')]], true));
		const hits = await opened().find({names: new Set(['lodash'])});
		expect(hits.advisories.map(({id}) => id)).toEqual(['A-1', 'B-1', 'C-1']);
		expect(hits).toMatchObject({records: 5, newest: '2026-11-20T00:00:00Z', unreadable: []});
		expect((await opened().find({ids: new Set(['A-2'])})).advisories.map(({id}) => id)).toEqual(['A-2']);
	});

	test('takes a name in any spelling, and escaped', async () => {
		await writeFile(join(folder, 'A.json'), record('A', 'Zope.Interface', '2026-11-01T00:00:00Z'));
		await writeFile(join(folder, 'B.json'), record('B', '@a/b', '2026-11-01T00:00:00Z').replace('@a/b', String.raw`@a\/b`));
		expect((await opened().find({names: new Set(['zope-interface', '@a/b'])})).advisories.map(({id}) => id)).toEqual(['A', 'B']);
	});

	test('names what is damaged and goes on', async () => {
		await writeFile(join(folder, 'a.json'), '{"modified": "2026-01-01", "name": "lodash"');
		await writeFile(join(folder, 'b.json'), record('B', 'lodash', '2026-11-01T00:00:00Z'));
		await writeFile(join(folder, 'c.zip'), 'this is no zip at all');
		const {advisories, unreadable} = await opened().find({names: new Set(['lodash'])});
		expect(advisories.map(({id}) => id)).toEqual(['B']);
		expect(unreadable).toEqual(['a.json', expect.stringMatching(/^c\.zip: .*no zip/)]);
	});

	test('knows what attackers use and try, with the dates of both', async () => {
		const catalogue = {
			...{catalogVersion: '2026.11.20', dateReleased: '2026-11-20T10:00:00Z'},
			vulnerabilities: [{cveID: 'CVE-2021-44228', dateAdded: '2021-12-10', dueDate: '2021-12-24', knownRansomwareCampaignUse: 'Known'}],
		};
		await writeFile(join(folder, 'known_exploited_vulnerabilities.json'), JSON.stringify(catalogue));
		const scores =
			'#model_version:v2025.03.14,score_date:2026-11-19T00:00:00+0000\ncve,epss,percentile\nCVE-2021-44228,0.94358,0.99958\nCVE-1-1,0.1,0.2\n';
		await writeFile(join(folder, 'epss_scores-current.csv.gz'), gzipSync(scores));
		const {exploited, likelihood} = await opened().exploits(new Set(['CVE-2021-44228', 'CVE-2-2']));
		expect(exploited).toEqual({
			date: '2026-11-20',
			by: new Map([['CVE-2021-44228', {added: '2021-12-10', due: '2021-12-24', ransomware: true}]]),
		});
		expect(likelihood).toEqual({date: '2026-11-19', by: new Map([['CVE-2021-44228', {probability: 0.94358, percentile: 0.99958}]])});
		expect(await opened().find({names: new Set(['lodash'])})).toMatchObject({records: 0, unreadable: []});
	});

	test('that is not there is an error with a way on', async () => {
		await expect(openAdvisories(join(folder, 'nowhere'), new AbortController().signal).find({})).rejects.toThrow(
			expect.objectContaining({trouble: expect.objectContaining({code: 'no-advisories', next: expect.stringMatching(/--advisories/)})}),
		);
	});
});
