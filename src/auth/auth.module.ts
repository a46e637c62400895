import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessTokens } from './access-tokens';
import { Activity } from './activity';
import { AuthController } from './auth.controller';
import { Cookies } from './cookies';
import { Departures } from './google/departures';
import { GoogleController } from './google/google.controller';
import { GoogleSignIn } from './google/google.sign-in';
import { PeopleController } from './people.controller';
import { SessionsController } from './sessions.controller';
import { Sessions } from './sessions.service';
import { SigningKeys } from './signing-keys';
import { UserGuard } from './user.guard';

@Module({
  controllers: [AuthController, GoogleController, SessionsController, PeopleController],
  providers: [
    ...[SigningKeys, AccessTokens, Sessions, Activity, Cookies, Departures, GoogleSignIn],
    { provide: APP_GUARD, useClass: UserGuard },
  ],
  exports: [Sessions, Activity],
})
export class AuthModule {}
