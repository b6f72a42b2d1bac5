import {createHash} from 'node:crypto';
import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {EvidencePorts} from '../agents/security/response/evidence.ts';
import type {Clock} from '../core/clock.ts';
import {MkcoaError} from '../core/error.ts';
import type {Redactor} from '../core/secrets/redact.ts';

/** Writes evidence into a file of its own in a folder, for the person alone; never over another. Secret values that are known are taken out. */
export const evidenceKeeper =
	({
		folder,
		clock,
		redact,
	}: {
		readonly folder: () => string;
		readonly clock: Clock;
		readonly redact: Redactor['json'];
	}): EvidencePorts['keepEvidence'] =>
	async (about, evidence) => {
		const text = JSON.stringify(redact(evidence), null, 2);
		const time = new Date(clock.now()).toISOString().replaceAll(':', '');
		const name = `${time}-${about.replaceAll(/[^\w.-]+/g, '-').slice(0, 80)}.json`;
		const place = join(folder(), 'evidence');
		const path = join(place, name);
		try {
			await mkdir(place, {recursive: true, mode: 0o700});
			await writeFile(path, text, {mode: 0o600, flag: 'wx'});
		} catch (error) {
			throw new MkcoaError(
				{
					kind: 'environment',
					code: 'evidence-not-kept',
					what: `Evidence cannot be written into ${place}`,
					quoted: error instanceof Error ? error.message : String(error),
					next: 'Make the folder writable or set MKCOA_STATE_DIR; --no-evidence goes on without',
				},
				{cause: error},
			);
		}
		return {path, sha256: createHash('sha256').update(text).digest('hex')};
	};
