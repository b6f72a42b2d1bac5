import type {Component} from '../../../analysis/vulnerabilities/component.ts';
import {isOfImage, type RunningImage} from '../../../analysis/vulnerabilities/exposure/running-images.ts';
import type {Found} from '../../../analysis/vulnerabilities/found.ts';
import {matchAdvisories, wantedNames} from '../../../analysis/vulnerabilities/match.ts';
import type {Placed} from '../../../analysis/vulnerabilities/rank.ts';
import {readReport, readSbom} from '../../../analysis/vulnerabilities/read-document.ts';
import {count} from '../../../core/text/count.ts';
import {oneLine} from '../../../core/text/one-line.ts';
import type {Unchecked} from '../../../core/unchecked.ts';
import type {AdvisoryDatabase} from '../../../mcp/security/advisories/port.ts';
import {databaseOf, type ToldDatabase} from '../../../mcp/security/model/database-text.ts';
import {howToGetAdvisories} from '../../../mcp/security/model/how-to-get.ts';

/** What was found in images, which of them were looked at, and what was not. */
export type ImageAssessment = {
	readonly placed: readonly Placed[];
	/** Running images that a list of packages or a report is about. */
	readonly checked: ReadonlySet<RunningImage>;
	/** Images without a vulnerability, where every package of them was looked at. */
	readonly clean: readonly string[];
	readonly databases: readonly ToldDatabase[];
	readonly notChecked: readonly Unchecked[];
};

type Subject = {readonly subject?: string | undefined; readonly digests: readonly string[]};

/** A vulnerability at the images that run what it was found in; at none, if none does. */
function placedIn(about: Subject, found: Found, images: readonly RunningImage[], source: string): Placed {
	const running = images.filter(image => isOfImage(about, image));
	const widest = running.find(({reach}) => reach.from === 'outside') ?? running.find(({reach}) => reach.from === 'cluster') ?? running[0];
	return {
		...found,
		kind: 'image',
		subject: oneLine(running[0]?.image ?? about.subject ?? 'an image without a name'),
		isRunning: running.length > 0,
		resources: running.flatMap(({workloads}) => workloads),
		reach: widest?.reach ?? {from: 'nowhere'},
		isPrivileged: running.some(({isPrivileged}) => isPrivileged),
		source,
	};
}

/** Packages that no advisory can be looked up for, by the reason. */
const unseenPackages = (name: string, components: readonly Component[]): readonly Unchecked[] =>
	[
		...Map.groupBy(
			components.filter(({why}) => why !== undefined),
			({why = ''}) => why,
		),
	].map(([why, all]) => ({
		what: `${count(all.length, 'package')} of ${name}`,
		why,
	}));

/** What the reports of other scanners say, as they say it. @throws MkcoaError `not-readable` */
export function assessReports(texts: readonly string[], images: readonly RunningImage[]): ImageAssessment {
	const reports = texts.flatMap(readReport);
	const named = reports.map(report => ({
		report,
		name: `${report.scanner}'s report of ${oneLine(report.subject ?? 'an image')}`,
	}));
	return {
		placed: named.flatMap(({report, name}) => report.found.map(found => placedIn(report, found, images, name))),
		checked: new Set(images.filter(image => reports.some(report => isOfImage(report, image)))),
		clean: named.filter(({report}) => report.found.length === 0).map(({name}) => name),
		databases: named.map(({report, name}) => {
			const date = (report.databaseDate ?? report.created)?.slice(0, 10);
			return {name, ...(date === undefined ? {} : {date})};
		}),
		notChecked: named
			.filter(({report}) => report.databaseDate === undefined)
			.map(({name}) => ({what: `the age of the database behind ${name}`, why: 'the report does not tell it'})),
	};
}

/** Looks the packages of lists up in a database. @throws MkcoaError `not-readable` */
export async function assessSboms(
	texts: readonly string[],
	images: readonly RunningImage[],
	database: AdvisoryDatabase | undefined,
	onProgress: (records: number) => void,
): Promise<ImageAssessment> {
	const sboms = texts.map(readSbom).map(sbom => ({...sbom, name: oneLine(sbom.subject ?? 'a list of packages without a subject')}));
	if (sboms.length === 0) return {placed: [], checked: new Set(), clean: [], databases: [], notChecked: []};
	if (database === undefined)
		return {
			...{placed: [], checked: new Set(), clean: [], databases: []},
			notChecked: sboms.map(({name, components}) => ({
				what: `${count(components.length, 'package')} of ${name}`,
				why: `no database of advisories is named. ${howToGetAdvisories}`,
			})),
		};
	const hits = await database.find({names: wantedNames(sboms.flatMap(({components}) => components))}, onProgress);
	const told = databaseOf(database.place, hits);
	if (hits.records === 0)
		return {
			...{placed: [], checked: new Set(), clean: [], databases: [told]},
			notChecked: sboms.map(({name}) => ({what: name, why: `there is no record of OSV in ${database.place}. ${howToGetAdvisories}`})),
		};
	const matched = sboms.map(sbom => ({sbom, matches: matchAdvisories(sbom.components, hits.advisories)}));
	return {
		placed: matched.flatMap(({sbom, matches}) => matches.found.map(({vulnerability}) => placedIn(sbom, vulnerability, images, told.name))),
		checked: new Set(images.filter(image => sboms.some(sbom => isOfImage(sbom, image)))),
		clean: matched
			.filter(
				({sbom, matches}) => matches.found.length + matches.unknown.length === 0 && sbom.components.every(({why}) => why === undefined),
			)
			.map(({sbom}) => sbom.name),
		databases: [told],
		notChecked: [
			...sboms.flatMap(({name, components}) => unseenPackages(name, components)),
			...matched.flatMap(({sbom, matches}) =>
				matches.unknown.map(({component, id, why}) => ({what: `${id} in ${component.name} ${component.version} of ${sbom.name}`, why})),
			),
			...(hits.unreadable.length === 0
				? []
				: [{what: `${count(hits.unreadable.length, 'file')} of ${database.place}`, why: 'they are no records of OSV, or damaged'}]),
		],
	};
}
