import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ecosystemName, orderOf} from '../../../src/analysis/versions/ecosystem-order.ts';
import type {Order} from '../../../src/analysis/versions/order.ts';

const orderFor = (ecosystem: string): Order => {
	const order = orderOf(ecosystem);
	if (order === undefined) throw new Error(`${ecosystem} has no order`);
	return order;
};

/** From the oldest to the newest; those of one inner list are equal. Written from each specification's own words. */
const ascending: {readonly [ecosystem: string]: readonly (string | readonly string[])[]} = {
	Alpine: [
		'0.9',
		'1.0_alpha',
		'1.0_alpha2',
		'1.0_beta1-r3',
		'1.0_pre1',
		'1.0_rc1',
		...[
			'1.0',
			'1.0-r1',
			'1.0-r10',
			'1.0~abc',
			'1.0_cvs1',
			'1.0_svn1',
			'1.0_git20240101',
			'1.0_p1',
			'1.0_p2',
			'1.0a',
			'1.0.1',
			'1.05',
			'1.1',
			'1.10',
		],
	],
	CRAN: ['1.0', '1.0-1', ['1.0-2', '1.0.2'], '1.0.10', '1.1'],
	Debian: [
		...[
			'0.9~',
			'1.0~~',
			'1.0~~a',
			'1.0~',
			'1.0~beta1',
			['1.0', '0:1.0', '1.0-0'],
			'1.0-1',
			'1.0-1+deb12u1',
			'1.0-1+deb12u2',
			'1.0-2',
			'1.0a-1',
			'1.0+dfsg-1',
			'1.0.1-1',
			'1:0.1',
		],
	],
	Hackage: ['1', '1.0', '1.0.0', '1.0.0.1', '1.1'],
	Maven: [
		...[
			['1-alpha', '1.0-alpha'],
			['1-alpha-1', '1-a1', '1alpha1'],
			'1-beta1',
			'1-milestone2',
			['1-rc1', '1-cr1'],
			'1-SNAPSHOT',
			['1', '1.0', '1.0.0-ga', '1-final', '01'],
			'1-sp',
			'1-abc',
			'1-xyz',
			'1-1',
			'1.1',
			'1.10',
		],
	],
	NuGet: [['1.0-alpha', '1.0.0.0-ALPHA'], '1.0.0-alpha.1', '1.0.0-beta', ['1.0', '1.0.0', '1.0.0+build'], '1.0.0.1', '1.0.1'],
	opam: ['~~', '~', '~beta2', '~beta10', '0.1', '1.0~beta', '1.0', '1.0-test', '1.0.10', 'dev', 'trunk'],
	Packagist: [
		'1.0-unknown',
		'1.0-dev',
		['1.0-alpha', '1.0a'],
		'1.0-alpha2',
		['1.0b1', '1.0-beta1', '1.0.beta.1'],
		'1.0RC1',
		['1.0', 'v1.0'],
		'1.0.0',
		['1.0pl1', '1.0-p1'],
		'1.1',
	],
	Pub: ['1.0.0-dev.1', '1.0.0-dev.1+2', '1.0.0', '1.0.0+1', '1.0.0+2', '1.0.0+a', '1.0.1'],
	PyPI: [
		'no version at all',
		'1.0.dev1',
		'1.0a1.dev2',
		['1.0a1', '1.0-alpha1', '1.0.ALPHA.1'],
		'1.0a1.post1',
		'1.0b2',
		['1.0rc1', '1.0c1', '1.0-preview-1'],
		['1.0', '1', '1.0.0', 'v1.0'],
		...['1.0+abc', '1.0+abc.5', '1.0+5', '1.0.post1.dev1', ['1.0.post1', '1.0-1', '1.0.r1'], '1.0.1', '1!0.1'],
	],
	'Red Hat': [
		...[
			'1.0~rc1-1',
			'1.0~rc2-1',
			['1.0', '0:1.0'],
			'1.0-1',
			'1.0-1.el9',
			'1.0^git1-1',
			'1.0.a-1',
			['1.0.1-1', '1.0_1-1'],
			'1.0.10-1.el9_2',
			'1:0.1-1',
		],
	],
	RubyGems: ['1.0.a', '1.0.a.2', '1.0.b1', '1.0.rc', ['1', '1.0', '1.0.0'], '1.0.0.1', '1.1.pre', '1.1', '1.10'],
	SemVer: [
		...[
			'1.0.0-alpha',
			'1.0.0-alpha.1',
			'1.0.0-alpha.beta',
			'1.0.0-beta',
			'1.0.0-beta.2',
			'1.0.0-beta.11',
			'1.0.0-rc.1',
			['1.0.0', 'v1.0.0', '1.0.0+build'],
			'1.0.1',
			'1.10.0',
			'2.0.0',
		],
	],
};

describe('versions as their ecosystem orders them', () => {
	test.each(Object.entries(ascending))('%s', (ecosystem, groups) => {
		const order = orderFor(ecosystem);
		const placed = groups.flatMap((group, place) => [group].flat().map(version => ({version, place})));
		const wrong = placed.flatMap(one =>
			placed
				.filter(other => Math.sign(order(one.version, other.version)) !== Math.sign(one.place - other.place))
				.map(other => `${one.version} beside ${other.version}: ${order(one.version, other.version)}`),
		);
		expect(wrong).toEqual([]);
	});
});

/** Texts of the pieces that versions are made of, sense or none. */
const piece = fc.oneof(
	fc.nat(30).map(String),
	fc.constantFrom(
		'0',
		'00',
		'01',
		'.',
		'.',
		'-',
		'_',
		'+',
		'~',
		'^',
		':',
		'a',
		'b',
		'rc',
		'alpha',
		'dev',
		'p',
		'SNAPSHOT',
		'final',
		'sp',
		'-r',
		'v',
		'',
	),
);
const version = fc.array(piece, {maxLength: 7}).map(pieces => pieces.join(''));

/** Maven's own order goes in circles where a qualifier follows a dot: 1.x is newer than 1, 1 than 1-beta, and 1-beta than 1.x. */
const mavenVersion = fc
	.tuple(
		fc.array(fc.nat(20), {minLength: 1, maxLength: 4}),
		fc.array(fc.tuple(fc.constantFrom('alpha', 'beta', 'rc', 'snapshot', 'final', 'sp', 'xyz', 'jre'), fc.nat(12)), {maxLength: 2}),
	)
	.map(([numbers, words]) => [numbers.join('.'), ...words.map(([word, number]) => `${word}${number === 0 ? '' : number}`)].join('-'));

const threeOf = <Value>(value: fc.Arbitrary<Value>) => [value, value, value] as const;

describe('whatever the versions are', () => {
	test.each(Object.keys(ascending))(
		'%s orders them all: the other way round is the reverse, and what is between stays between',
		ecosystem => {
			const order = orderFor(ecosystem);
			fc.assert(
				fc.property(...threeOf(ecosystem === 'Maven' ? mavenVersion : version), (a, b, c) => {
					expect(Math.sign(order(a, b)) + Math.sign(order(b, a))).toBe(0);
					expect(order(a, a)).toBe(0);
					const [first = '', second = '', third = ''] = [a, b, c].sort(order);
					expect(order(first, second)).toBeLessThanOrEqual(0);
					expect(order(second, third)).toBeLessThanOrEqual(0);
					expect(order(first, third)).toBeLessThanOrEqual(0);
				}),
				{numRuns: 1000},
			);
		},
	);
});

test('an ecosystem of a release or a registry has the order of the whole, and one that nobody orders has none', () => {
	expect(ecosystemName('Debian:12')).toBe('Debian');
	expect(orderOf('Ubuntu:22.04:LTS')).toBe(orderOf('Debian'));
	expect(orderOf('rocky linux:9')).toBe(orderOf('Red Hat'));
	expect(orderOf('Wolfi')).toBe(orderOf('Alpine:v3.20'));
	expect(orderOf('GIT')).toBeUndefined();
	expect(orderOf('Android')).toBeUndefined();
});
