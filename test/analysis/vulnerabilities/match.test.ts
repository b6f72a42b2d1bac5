import {describe, expect, test} from 'vitest';
import {readAdvisory} from '../../../src/analysis/vulnerabilities/advisory.ts';
import {affects} from '../../../src/analysis/vulnerabilities/affects.ts';
import {componentOf, speaksOf} from '../../../src/analysis/vulnerabilities/component.ts';
import {matchAdvisories} from '../../../src/analysis/vulnerabilities/match.ts';
import {parsePurl} from '../../../src/analysis/vulnerabilities/purl.ts';

const about = (ecosystem: string, ranges: readonly object[], versions: readonly string[] = []) => {
	const advisory = readAdvisory({id: 'X-1', affected: [{package: {ecosystem, name: 'a'}, ranges, versions}]});
	const affected = advisory?.affected[0];
	if (affected === undefined) throw new Error('it is no advisory');
	return (version: string) => affects(affected, version);
};
const range = (type: string, ...events: readonly object[]) => ({type, events});

describe('a version', () => {
	test('is in a range from what introduced it to what fixed it, whatever the order of the events', () => {
		const verdict = about('npm', [range('SEMVER', {fixed: '2.0.5'}, {introduced: '2.0.0'}, {fixed: '1.4.0'}, {introduced: '0'})]);
		expect(['1.3.9', '1.4.0', '1.9.9', '2.0.0', '2.0.5'].map(version => verdict(version).status)).toEqual([
			...['affected', 'unaffected', 'unaffected', 'affected', 'unaffected'],
		]);
		expect(verdict('1.0.0')).toEqual({status: 'affected', fixed: '1.4.0'});
		expect(verdict('2.0.0-rc.1').status).toBe('unaffected');
	});

	test('is in a range up to the last that is affected, itself too, and below its limit', () => {
		expect(about('PyPI', [range('ECOSYSTEM', {introduced: '1.0'}, {last_affected: '1.5'})])('1.5.0')).toEqual({
			status: 'affected',
			fixed: undefined,
		});
		expect(about('PyPI', [range('ECOSYSTEM', {introduced: '1.0'}, {last_affected: '1.5'})])('1.5.1').status).toBe('unaffected');
		expect(about('PyPI', [range('ECOSYSTEM', {introduced: '0'}, {limit: '2.0'})])('2.0').status).toBe('unaffected');
	});

	test('is compared as its ecosystem does, and not as SemVer', () => {
		const debian = about('Debian:12', [range('ECOSYSTEM', {introduced: '0'}, {fixed: '3.0.15-1~deb12u1'})]);
		expect(debian('3.0.15-1~deb12u0').status).toBe('affected');
		expect(debian('3.0.15-1').status).toBe('unaffected');
		expect(debian('1:0.1-1').status).toBe('unaffected');
	});

	test('counts where it is listed by itself, in any spelling of it', () => {
		expect(about('PyPI', [], ['1.0'])('1.0.0').status).toBe('affected');
		expect(about('PyPI', [], ['1.0'])('1.0.1').status).toBe('unaffected');
	});

	test('that nobody can place is unknown, with the reason', () => {
		expect(about('npm', [range('GIT', {introduced: '0'}, {fixed: 'c0ffee'})])('1.0.0')).toMatchObject({status: 'unknown', why: /commits/});
		expect(about('Android', [range('ECOSYSTEM', {introduced: '0'})])('13')).toMatchObject({status: 'unknown', why: /Android/});
	});
});

describe('a package', () => {
	test.each([
		['pkg:npm/%40babel/core@7.0.0', 'npm', '@babel/core', '7.0.0'],
		['pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1?type=jar', 'Maven', 'org.apache.logging.log4j:log4j-core', '2.14.1'],
		['pkg:golang/github.com/coredns/coredns@v1.11.1', 'Go', 'github.com/coredns/coredns', 'v1.11.1'],
		['pkg:deb/debian/libssl3@3.0.11-1?distro=debian-12.4&upstream=openssl', 'Debian:12', 'openssl', '3.0.11-1'],
		['pkg:deb/debian/libc6@2.36-9?distro=debian-12&upstream=glibc%402.36-9%2Bdeb12u1', 'Debian:12', 'glibc', '2.36-9+deb12u1'],
		['pkg:deb/ubuntu/bash@5.1?distro=ubuntu-22.04', 'Ubuntu:22.04', 'bash', '5.1'],
		['pkg:apk/alpine/libcrypto3@3.1.4-r5?distro=alpine-3.18.4&upstream=openssl', 'Alpine:v3.18', 'openssl', '3.1.4-r5'],
		['pkg:apk/wolfi/busybox@1.36.1-r5', 'Wolfi', 'busybox', '1.36.1-r5'],
		['pkg:rpm/rocky/openssl@3.0.7-24.el9?epoch=1&distro=rocky-9.3', 'Rocky Linux:9', 'openssl', '1:3.0.7-24.el9'],
		['pkg:swift/github.com/Apple/swift-nio@2.0.0', 'SwiftURL', 'https://github.com/Apple/swift-nio', '2.0.0'],
	])('%s is known as advisories name it', (purl, ecosystem, advisoryName, advisoryVersion) => {
		expect(componentOf({name: 'x', version: '', purl})).toMatchObject({ecosystem, advisoryName, advisoryVersion});
	});

	test.each([
		['no package URL', undefined, /no package URL/],
		['no release of its distribution', 'pkg:deb/debian/bash@5.1', /release of Debian/],
		['a type that nobody keeps advisories of', 'pkg:generic/openssl@3.0', /generic/],
		['no version', 'pkg:npm/lodash', /no version/],
	])('with %s is not looked up, and says why', (_, purl, why) => {
		const {ecosystem, why: said} = componentOf({name: 'x', version: '', purl});
		expect(ecosystem).toBeUndefined();
		expect(said).toMatch(why);
	});

	test('has an at sign in its scope or none, and percent signs that begin nothing', () => {
		expect(parsePurl('pkg:npm/@babel/core@7.0.0')).toMatchObject({namespace: '@babel', name: 'core', version: '7.0.0'});
		expect(parsePurl('pkg:npm/@babel/core')).toMatchObject({namespace: '@babel', name: 'core', version: ''});
		expect(parsePurl('pkg:npm/a%zz@1')).toMatchObject({name: 'a%zz'});
		expect(parsePurl('lodash')).toBeUndefined();
	});

	test('of one release of a distribution is not spoken of by advisories of another', () => {
		expect(speaksOf('Debian:12', 'Debian:12')).toBe(true);
		expect(speaksOf('Debian:11', 'Debian:12')).toBe(false);
		expect(speaksOf('Debian', 'Debian:12')).toBe(true);
		expect(speaksOf('Ubuntu:Pro:22.04:LTS', 'Ubuntu:22.04')).toBe(true);
		expect(speaksOf('Alpine:v3.1', 'Alpine:v3.18')).toBe(false);
		expect(speaksOf('Red Hat:enterprise_linux:9::appstream', 'Red Hat:9')).toBe(true);
	});
});

describe('advisories', () => {
	const lodash = componentOf({name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20'});
	const advisory = (over: object) =>
		readAdvisory({
			...{id: 'GHSA-1', modified: '2026-01-01T00:00:00Z', aliases: ['CVE-2021-1'], summary: 'Injection'},
			severity: [{type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H'}],
			affected: [{package: {ecosystem: 'npm', name: 'lodash'}, ranges: [range('SEMVER', {introduced: '0'}, {fixed: '4.17.21'})]}],
			...over,
		}) ?? expect.fail('it is no advisory');

	test('are told once by the name that all know, with the later of two fixes', () => {
		const other = advisory({
			...{id: 'OTHER-1', severity: null},
			affected: [{package: {ecosystem: 'npm', name: 'lodash'}, ranges: [range('SEMVER', {introduced: '0'}, {fixed: '4.17.22'})]}],
		});
		const {found} = matchAdvisories([lodash], [advisory({}), other]);
		expect(found.map(({vulnerability}) => vulnerability)).toMatchObject([
			{id: 'CVE-2021-1', fixed: '4.17.22', score: 7.2, severity: 'high', component: 'lodash', aliases: ['GHSA-1', 'OTHER-1']},
		]);
	});

	test('that were withdrawn, or are about another package or ecosystem, say nothing', () => {
		const elsewhere = (ecosystem: string, name: string) =>
			advisory({affected: [{package: {ecosystem, name}, ranges: [range('SEMVER', {introduced: '0'})]}]});
		const none = [advisory({withdrawn: '2026-02-01T00:00:00Z'}), elsewhere('npm', 'Lodash'), elsewhere('PyPI', 'lodash')];
		expect(matchAdvisories([lodash], none)).toEqual({found: [], unknown: []});
	});

	test('of PyPI speak of a package in any spelling of its name', () => {
		const component = componentOf({name: 'Zope.Interface', version: '1.0', purl: 'pkg:pypi/Zope.Interface@1.0'});
		const found = advisory({affected: [{package: {ecosystem: 'PyPI', name: 'zope-interface'}, versions: ['1.0']}]});
		expect(matchAdvisories([component], [found]).found).toHaveLength(1);
	});
});
