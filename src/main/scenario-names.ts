/** Scenarios of the embedded cluster, named here so that the command line knows them without loading it. The first is the default. */
export const scenarios = [
	{name: 'shop', summary: 'A web shop that works: a dozen workloads with traffic, autoscaling, budgets and a history of releases'},
	{name: 'broken', summary: 'Everything that goes wrong, once, each under the name of its fault'},
	{name: 'large', summary: 'Five thousand pods of 500 deployments on a hundred nodes, all well'},
	{name: 'empty', summary: 'Three nodes, the system namespaces, and nothing of yours'},
] as const;
