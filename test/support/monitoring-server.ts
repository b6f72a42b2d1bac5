import type {Server} from '../../src/mcp/monitoring/http/wire.ts';

/** A server as errors name it, for tests. */
export const monitoringServer = (area: Server['area']): Server => ({
	source: 'test',
	area,
	whenAway: 'Look for it',
	whenSignedOut: 'Sign in',
});
