// The part of GitHub's GraphQL schema that the emulator answers: official types and fields only, so that any other is refused.

export const GRAPHQL_SCHEMA = /* GraphQL */ `
  scalar DateTime
  scalar URI
  scalar BigInt
  scalar GitObjectID

  type Query {
    viewer: User!
    repository(owner: String!, name: String!, followRenames: Boolean = true): Repository
    node(id: ID!): Node
    rateLimit(dryRun: Boolean = false): RateLimit
  }

  type Mutation {
    resolveReviewThread(input: ResolveReviewThreadInput!): ResolveReviewThreadPayload
    unresolveReviewThread(input: UnresolveReviewThreadInput!): UnresolveReviewThreadPayload
    minimizeComment(input: MinimizeCommentInput!): MinimizeCommentPayload
    unminimizeComment(input: UnminimizeCommentInput!): UnminimizeCommentPayload
  }

  interface Node { id: ID! }

  interface Actor { login: String! url: URI! }

  type User implements Actor & Node { id: ID! databaseId: Int login: String! url: URI! }

  type Bot implements Actor & Node { id: ID! databaseId: Int login: String! url: URI! }

  type RateLimit { cost: Int! limit: Int! remaining: Int! resetAt: DateTime! }

  type Repository implements Node {
    id: ID!
    databaseId: Int
    name: String!
    nameWithOwner: String!
    isPrivate: Boolean!
    isArchived: Boolean!
    url: URI!
    viewerPermission: RepositoryPermission
    pullRequest(number: Int!): PullRequest
  }

  enum RepositoryPermission { ADMIN MAINTAIN READ TRIAGE WRITE }

  enum PullRequestState { CLOSED MERGED OPEN }

  type PullRequest implements Node {
    id: ID!
    number: Int!
    state: PullRequestState!
    locked: Boolean!
    isDraft: Boolean!
    isCrossRepository: Boolean!
    author: Actor
    url: URI!
    headRefOid: GitObjectID!
    baseRefOid: GitObjectID!
    headRefName: String!
    baseRefName: String!
    reviewThreads(after: String, before: String, first: Int, last: Int): PullRequestReviewThreadConnection!
    comments(after: String, before: String, first: Int, last: Int): IssueCommentConnection!
    reviews(after: String, before: String, first: Int, last: Int): PullRequestReviewConnection
  }

  type PageInfo { endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String }

  type PullRequestReviewThreadConnection { nodes: [PullRequestReviewThread] pageInfo: PageInfo! totalCount: Int! }

  type PullRequestReviewCommentConnection { nodes: [PullRequestReviewComment] pageInfo: PageInfo! totalCount: Int! }

  type IssueCommentConnection { nodes: [IssueComment] pageInfo: PageInfo! totalCount: Int! }

  type PullRequestReviewConnection { nodes: [PullRequestReview] pageInfo: PageInfo! totalCount: Int! }

  enum DiffSide { LEFT RIGHT }

  enum PullRequestReviewThreadSubjectType { FILE LINE }

  type PullRequestReviewThread implements Node {
    id: ID!
    isCollapsed: Boolean!
    isOutdated: Boolean!
    isResolved: Boolean!
    resolvedBy: User
    viewerCanReply: Boolean!
    viewerCanResolve: Boolean!
    viewerCanUnresolve: Boolean!
    path: String!
    line: Int
    startLine: Int
    originalLine: Int
    originalStartLine: Int
    diffSide: DiffSide!
    startDiffSide: DiffSide
    subjectType: PullRequestReviewThreadSubjectType!
    comments(after: String, before: String, first: Int, last: Int, skip: Int): PullRequestReviewCommentConnection!
  }

  interface Minimizable { isMinimized: Boolean! minimizedReason: String viewerCanMinimize: Boolean! }

  type PullRequestReviewComment implements Minimizable & Node {
    id: ID!
    databaseId: Int
    fullDatabaseId: BigInt
    author: Actor
    editor: Actor
    body: String!
    createdAt: DateTime!
    updatedAt: DateTime!
    lastEditedAt: DateTime
    includesCreatedEdit: Boolean!
    isMinimized: Boolean!
    minimizedReason: String
    outdated: Boolean!
    path: String!
    line: Int
    startLine: Int
    originalLine: Int
    originalStartLine: Int
    subjectType: PullRequestReviewThreadSubjectType!
    replyTo: PullRequestReviewComment
    pullRequestReview: PullRequestReview
    url: URI!
    viewerCanDelete: Boolean!
    viewerCanMinimize: Boolean!
    viewerCanUpdate: Boolean!
    viewerDidAuthor: Boolean!
  }

  type IssueComment implements Minimizable & Node {
    id: ID!
    databaseId: Int
    fullDatabaseId: BigInt
    author: Actor
    editor: Actor
    body: String!
    createdAt: DateTime!
    updatedAt: DateTime!
    lastEditedAt: DateTime
    includesCreatedEdit: Boolean!
    isMinimized: Boolean!
    minimizedReason: String
    url: URI!
    viewerCanDelete: Boolean!
    viewerCanMinimize: Boolean!
    viewerCanUpdate: Boolean!
    viewerDidAuthor: Boolean!
  }

  enum PullRequestReviewState { APPROVED CHANGES_REQUESTED COMMENTED DISMISSED PENDING }

  type PullRequestReview implements Minimizable & Node {
    id: ID!
    databaseId: Int
    fullDatabaseId: BigInt
    author: Actor
    editor: Actor
    body: String!
    state: PullRequestReviewState!
    submittedAt: DateTime
    lastEditedAt: DateTime
    includesCreatedEdit: Boolean!
    isMinimized: Boolean!
    minimizedReason: String
    url: URI!
    viewerCanDelete: Boolean!
    viewerCanMinimize: Boolean!
    viewerCanUpdate: Boolean!
    viewerDidAuthor: Boolean!
  }

  enum ReportedContentClassifiers { ABUSE DUPLICATE OFF_TOPIC OUTDATED RESOLVED SPAM }

  input ResolveReviewThreadInput { clientMutationId: String threadId: ID! }

  input UnresolveReviewThreadInput { clientMutationId: String threadId: ID! }

  input MinimizeCommentInput { classifier: ReportedContentClassifiers! clientMutationId: String subjectId: ID! }

  input UnminimizeCommentInput { clientMutationId: String subjectId: ID! }

  type ResolveReviewThreadPayload { clientMutationId: String thread: PullRequestReviewThread }

  type UnresolveReviewThreadPayload { clientMutationId: String thread: PullRequestReviewThread }

  type MinimizeCommentPayload { clientMutationId: String minimizedComment: Minimizable }

  type UnminimizeCommentPayload { clientMutationId: String unminimizedComment: Minimizable }
`;
