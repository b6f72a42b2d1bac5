import {directWire} from '../http/direct-wire.ts';
import type {VendorMetrics} from '../port.ts';
import type {BackendEntry} from './backend-entry.ts';
import type {Opening} from './open-wire.ts';
import {secretAt} from './sign-in.ts';

/** One that is reached where its vendor has it. */
export type VendorEntry = Extract<BackendEntry, {type: 'datadog' | 'newrelic'}>;

/** The vendor's store of metrics that monitoring.yaml names. What knows the vendor is loaded only here. Nothing is asked yet. */
export async function openVendor(name: string, entry: VendorEntry, opening: Opening): Promise<VendorMetrics> {
	if (entry.type === 'newrelic') {
		const {newRelic, newRelicAddress} = await import('../vendors/new-relic.ts');
		const key = await secretAt(entry.key, opening);
		return newRelic(
			await wireOf(name, `New Relic account ${entry.account}`, newRelicAddress(entry.region), {'api-key': key}, opening),
			entry.account,
		);
	}
	const {datadog, datadogAddress} = await import('../vendors/datadog.ts');
	const keys = {apiKey: await secretAt(entry.apiKey, opening), applicationKey: await secretAt(entry.applicationKey, opening)};
	const base = datadogAddress(entry.site);
	// The client itself writes the keys into its requests.
	return datadog(await wireOf(name, `Datadog ${entry.site ?? 'datadoghq.com'}`, base, {}, opening), base, keys);
}

async function wireOf(name: string, source: string, base: string, headers: {readonly [name: string]: string}, opening: Opening) {
	const server = {
		...{source, area: 'metrics' as const},
		whenAway: `Check ${name} in monitoring.yaml, and whether this machine reaches ${new URL(base).host}`,
		whenSignedOut: `Check the keys of ${name} in monitoring.yaml, and its site or region`,
	};
	const send = await opening.sender(new URL(base), {});
	return directWire({server, base, headers: async () => headers, isSignedIn: true, send, clock: opening.clock, signal: opening.signal});
}
