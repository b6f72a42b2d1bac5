import {byApk} from './apk-order.ts';
import {byDpkg, byOpam} from './dpkg-order.ts';
import {byGem} from './gem-order.ts';
import {byMaven} from './maven-order.ts';
import {byNumberList} from './numbers-order.ts';
import type {Order} from './order.ts';
import {byPep440} from './pep440-order.ts';
import {byPhp} from './php-order.ts';
import {byRpm} from './rpm-order.ts';
import {byNuget, byPub, bySemver} from './semver-order.ts';

const families: readonly (readonly [Order, readonly string[]])[] = [
	[bySemver, ['SemVer', 'npm', 'crates.io', 'Go', 'Hex', 'GitHub Actions', 'SwiftURL', 'Bitnami', 'Bioconductor', 'Julia', 'Kubernetes']],
	[bySemver, ['VSCode', 'Linux']],
	[byNuget, ['NuGet']],
	[byPub, ['Pub']],
	[byNumberList, ['CRAN', 'Hackage', 'GHC']],
	[byPep440, ['PyPI']],
	[byGem, ['RubyGems']],
	[byPhp, ['Packagist']],
	[byMaven, ['Maven']],
	[byDpkg, ['Debian', 'Ubuntu', 'Echo']],
	[byOpam, ['opam']],
	[byRpm, ['Red Hat', 'Rocky Linux', 'AlmaLinux', 'SUSE', 'openSUSE', 'openEuler', 'Mageia', 'Photon OS', 'Azure Linux']],
	[byRpm, ['Fedora', 'Amazon Linux', 'Oracle Linux', 'CentOS']],
	[byApk, ['Alpine', 'Wolfi', 'Chainguard', 'MinimOS', 'Alpaquita', 'BellSoft Hardened Containers']],
];

const orders: ReadonlyMap<string, Order> = new Map(families.flatMap(([order, names]) => names.map(name => [name.toLowerCase(), order])));

/** `Debian:12` and `Maven:https://…` are Debian and Maven: a suffix names a release or a registry, and versions of it have the same order. */
export const ecosystemName = (ecosystem: string) => ecosystem.split(':', 1)[0] ?? ecosystem;

/**
 * The order of versions of an ecosystem as OSV names it.
 * @returns undefined where nobody defines one
 * @see https://ossf.github.io/osv-schema/#defined-ecosystems
 */
export const orderOf = (ecosystem: string): Order | undefined => orders.get(ecosystemName(ecosystem).toLowerCase());
