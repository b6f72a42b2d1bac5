import {byDigits, byParts, byPartsThenLength, byText, isDigits, type Order} from './order.ts';

/** A version in the shape of Semantic Versioning, whatever the number of its numbers. */
type Semver = {readonly numbers: readonly string[]; readonly pre: readonly string[]; readonly build: readonly string[]};

const identifiers = (text: string) => (text === '' ? [] : text.split('.'));

/** Takes a `v` in front, and less or more than three numbers, as tags and older packages have them. */
function parse(version: string): Semver {
	const [, core = '', rest = ''] = /^[vV=\s]*([\d.]*)(.*)$/s.exec(version.trim()) ?? [];
	const plus = rest.indexOf('+');
	const [pre, build] = plus === -1 ? [rest, ''] : [rest.slice(0, plus), rest.slice(plus + 1)];
	return {numbers: core.split('.'), pre: identifiers(pre.replace(/^-/, '')), build: identifiers(build)};
}

/** Numbers are older than words. */
function byIdentifier(a: string, b: string): number {
	const isNumber = isDigits(a);
	if (isNumber !== isDigits(b)) return isNumber ? -1 : 1;
	return isNumber ? byDigits(a, b) : byText(a, b);
}

/** A version without a pre-release is the newer one. */
const byPreRelease = (a: readonly string[], b: readonly string[]) =>
	a.length === 0 || b.length === 0 ? b.length - a.length : byPartsThenLength(a, b, byIdentifier);

const byNumbers = (a: Semver, b: Semver) => byParts(a.numbers, b.numbers, byDigits, '0');

/**
 * Semantic Versioning 2.0: npm, crates.io, Go, Hex and whoever follows it. Builds make no difference.
 * @see https://semver.org/#spec-item-11
 */
export const bySemver: Order = (a, b) => {
	const [left, right] = [parse(a), parse(b)];
	return byNumbers(left, right) || byPreRelease(left.pre, right.pre);
};

/**
 * NuGet: SemVer with a fourth number, whatever the case.
 * @see https://learn.microsoft.com/nuget/concepts/package-versioning
 */
export const byNuget: Order = (a, b) => bySemver(a.toLowerCase(), b.toLowerCase());

/**
 * Dart's pub: SemVer, where a build is newer than none, and builds have an order.
 * @see https://dart.dev/tools/pub/versioning
 */
export const byPub: Order = (a, b) => {
	const [left, right] = [parse(a), parse(b)];
	return byNumbers(left, right) || byPreRelease(left.pre, right.pre) || byPartsThenLength(left.build, right.build, byIdentifier);
};
