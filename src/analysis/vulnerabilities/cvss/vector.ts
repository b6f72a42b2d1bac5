/** The metrics of a vector by their short names: `AV` → `N`. */
export type Metrics = ReadonlyMap<string, string>;

export type CvssVersion = '2.0' | '3.0' | '3.1' | '4.0';

/** Metrics that a vector of a version has to give, with the values that they may have. */
const required: {readonly [version in CvssVersion]: string} = {
	'2.0': 'AV:LAN AC:HML Au:MSN C:NPC I:NPC A:NPC',
	'3.0': 'AV:NALP AC:LH PR:NLH UI:NR S:UC C:NLH I:NLH A:NLH',
	'3.1': 'AV:NALP AC:LH PR:NLH UI:NR S:UC C:NLH I:NLH A:NLH',
	'4.0': 'AV:NALP AC:LH AT:NP PR:NLH UI:NPA VC:HLN VI:HLN VA:HLN SC:HLN SI:HLN SA:HLN',
};

/** Values of the metrics that may be left out. `X` is the same as leaving it out. */
const optional: {readonly [version in CvssVersion]: string} = {
	'2.0': 'E RL RC CDP TD CR IR AR',
	'3.0': 'E:UPFH RL:OTWU RC:URC CR:LMH IR:LMH AR:LMH MAV:NALP MAC:LH MPR:NLH MUI:NR MS:UC MC:NLH MI:NLH MA:NLH',
	'3.1': 'E:UPFH RL:OTWU RC:URC CR:LMH IR:LMH AR:LMH MAV:NALP MAC:LH MPR:NLH MUI:NR MS:UC MC:NLH MI:NLH MA:NLH',
	'4.0': [
		'E:APU CR:HML IR:HML AR:HML MAV:NALP MAC:LH MAT:NP MPR:NLH MUI:NPA MVC:HLN MVI:HLN MVA:HLN MSC:HLN MSI:SHLN MSA:SHLN',
		'S:NP AU:NY R:AUI V:DC RE:LMH U',
	].join(' '),
};

const valuesOf = (table: string): ReadonlyMap<string, string | undefined> =>
	new Map(
		table.split(' ').map(entry => {
			const [name = '', values] = entry.split(':');
			return [name, values];
		}),
	);

const versionOf = (head: string): CvssVersion | undefined =>
	head === 'CVSS:4.0' ? '4.0' : head === 'CVSS:3.1' ? '3.1' : head === 'CVSS:3.0' ? '3.0' : head.startsWith('CVSS:') ? undefined : '2.0';

/** A vector taken apart; undefined for a text that is none, or lacks a metric, or has a value that there is not. */
export function parseVector(text: string): {readonly version: CvssVersion; readonly metrics: Metrics} | undefined {
	const parts = text
		.trim()
		.replace(/^\((.*)\)$/, '$1')
		.split('/');
	const version = versionOf(parts[0] ?? '');
	if (version === undefined) return undefined;
	const [must, may] = [valuesOf(required[version]), valuesOf(optional[version])];
	const metrics = new Map<string, string>();
	for (const part of version === '2.0' ? parts : parts.slice(1)) {
		const [name = '', value = '', ...more] = part.split(':');
		const isKnown = must.has(name) || may.has(name);
		const values = must.get(name) ?? may.get(name);
		const isLeftOut = value === 'X' && may.has(name);
		if (!isKnown || more.length > 0 || metrics.has(name)) return undefined;
		if (!isLeftOut && values !== undefined && (value.length !== 1 || !values.includes(value))) return undefined;
		metrics.set(name, value);
	}
	return [...must.keys()].every(name => metrics.has(name)) ? {version, metrics} : undefined;
}
