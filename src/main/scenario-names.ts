/** Scenarios of the embedded cluster, named here so that the command line knows them without loading it. The first is the default. */
export const scenarios = [
	{name: 'shop', summary: 'A shop of a dozen workloads with traffic, autoscaling, budgets and quotas'},
	{name: 'broken', summary: 'The same cluster with more than fifteen things wrong'},
	{name: 'large', summary: '5,000 pods on a hundred nodes'},
	{name: 'empty', summary: 'Nodes and nothing else'},
] as const;
