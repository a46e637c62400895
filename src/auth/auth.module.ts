import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessTokens } from './access-tokens';
import { Activity } from './activity';
import { AuthController } from './auth.controller';
import { Cookies } from './cookies';
import { Departures } from './google/departures';
import { GoogleController } from './google/google.controller';
import { GoogleSignIn } from './google/google.sign-in';
import { Grants } from './grants.service';
import { NamedActions } from './named-actions';
import { PeopleController } from './people.controller';
import { SessionsController } from './sessions.controller';
import { Sessions } from './sessions.service';
import { SigningKeys } from './signing-keys';
import { UserGuard } from './user.guard';

@Module({
  imports: [DiscoveryModule],
  controllers: [AuthController, GoogleController, SessionsController, PeopleController],
  providers: [
    ...[SigningKeys, AccessTokens, Sessions, Activity, Grants, Cookies, Departures, GoogleSignIn, NamedActions],
    { provide: APP_GUARD, useClass: UserGuard },
  ],
  exports: [Sessions, Activity, Grants],
})
export class AuthModule {}
